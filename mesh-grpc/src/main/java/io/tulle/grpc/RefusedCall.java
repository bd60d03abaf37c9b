package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.tulle.api.context.CallContext;
import org.jspecify.annotations.Nullable;

/** A call that cannot be made; it fails when it is started. */
class RefusedCall<Q, R> extends ClientCall<Q, R> {
    private final CallOptions options;
    private final CallContext served;
    private final Status why;

    RefusedCall(CallOptions options, CallContext served, Status why) {
        this.options = options;
        this.served = served;
        this.why = why;
    }

    @Override
    public void start(Listener<R> listener, Metadata headers) {
        Outlet<R> outlet = new Outlet<>(listener, options, served, reason -> {});
        outlet.later(() -> outlet.close(why, new Metadata()));
    }

    @Override
    public void request(int count) {}

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {}

    @Override
    public void halfClose() {}

    @Override
    public void sendMessage(Q message) {}
}
