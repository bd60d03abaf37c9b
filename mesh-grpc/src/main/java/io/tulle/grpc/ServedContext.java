package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.tulle.api.context.CallContext;
import io.tulle.core.call.MeshEngine;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a call is made for from the thread that makes it, above the channel: a channel that is still starting makes the call on another thread later.
 * Thread-safe.
 */
final class ServedContext implements ClientInterceptor {
    private static final CallOptions.Key<CallContext> KEY = CallOptions.Key.create("io.tulle.grpc.served");

    private final MeshEngine engine;

    ServedContext(MeshEngine engine) {
        this.engine = engine;
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        CallContext served = engine.context();
        boolean none = served.equals(CallContext.NONE);
        return next.newCall(method, none ? options : options.withOption(KEY, served));
    }

    /** Returns what a call with {@code options} is made for; without a word on it, what this thread serves. */
    static CallContext of(CallOptions options, MeshEngine engine) {
        @Nullable CallContext taken = options.getOption(KEY);
        return taken == null ? engine.context() : taken;
    }
}
