package io.tulle.client.observe;

import io.tulle.api.call.Stage;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.EndpointInfo;
import io.tulle.api.resource.Protocol;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** A call as a test wants it; starts as a success of GET /books/7 after 1.2345 ms. */
final class FakeCall implements CallInfo {
    String service = "shop/catalog";
    String method = "GET";
    String path = "/books/7";
    String subset = "v1";
    String rule = "books";
    int status = 200;
    Protocol protocol = Protocol.HTTP;
    int grpcStatus = -1;

    @Nullable
    Verdict verdict = Verdict.SUCCESS;

    @Nullable
    Stage rejectedBy;

    @Nullable
    EndpointInfo endpoint = FakeEndpoint.CATALOG;

    private final IdentityHashMap<Object, Object> attachments = new IdentityHashMap<>();
    int reads;

    @Override
    public String service() {
        reads++;
        return service;
    }

    @Override
    public String rule() {
        return rule;
    }

    @Override
    public String subset() {
        return subset;
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
    public CallContext context() {
        return CallContext.NONE;
    }

    @Override
    public @Nullable Object attached(Object owner) {
        return attachments.get(owner);
    }

    @Override
    public void attach(Object owner, Object value) {
        attachments.put(owner, value);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        reads++;
        return path;
    }

    @Override
    public long startNanos() {
        return Long.MAX_VALUE - 5;
    }

    @Override
    public long endNanos() {
        return startNanos() + 1_234_500;
    }

    @Override
    public int attempts() {
        return 2;
    }

    @Override
    public @Nullable EndpointInfo endpoint() {
        return endpoint;
    }

    @Override
    public @Nullable Verdict verdict() {
        return verdict;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public @Nullable Stage rejectedBy() {
        return rejectedBy;
    }

    @Override
    public boolean panic() {
        return rejectedBy != null;
    }
}
