package io.tulle.grpc.server;

import io.grpc.Context;
import io.tulle.api.context.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link CallContext} in gRPC's {@link Context}, on threads that know no other: work that {@code Context.wrap} and its relatives carry elsewhere
 * keeps it. Found by {@link java.util.ServiceLoader}. Thread-safe.
 */
public final class GrpcCallContext implements CallContext.Provider {
    /** Where a call that is being served keeps its context. */
    public static final Context.Key<CallContext> KEY = Context.key("tulle-call");

    /** For the {@link java.util.ServiceLoader}. */
    public GrpcCallContext() {}

    @Override
    public @Nullable CallContext current() {
        return KEY.get();
    }
}
