package io.tulle.client.observe;

import io.tulle.api.call.Denial;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.listener.ServedInfo;
import io.tulle.api.resource.Protocol;
import org.jspecify.annotations.Nullable;

/** A request as a test wants it; starts as the second attempt of GET /books/7, served well in 1.2345 ms. */
final class FakeServed implements ServedInfo {
    String method = "GET";
    String path = "/books/7";
    int status = 200;
    Protocol protocol = Protocol.HTTP;
    int grpcStatus = -1;

    @Nullable
    Denial denial;

    @Nullable
    Verdict verdict = Verdict.SUCCESS;

    @Override
    public String service() {
        return "shop/catalog";
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public int grpcStatus() {
        return grpcStatus;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public CallContext context() {
        return CallContext.builder().attempt(2).build();
    }

    @Override
    public long startNanos() {
        return Long.MAX_VALUE - 500;
    }

    @Override
    public long endNanos() {
        return startNanos() + 1_234_500;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public @Nullable Denial denial() {
        return denial;
    }

    @Override
    public @Nullable Verdict verdict() {
        return verdict;
    }
}
