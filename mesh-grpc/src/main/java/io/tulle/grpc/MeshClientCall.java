package io.tulle.grpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.tulle.api.context.CallContext;
import org.jspecify.annotations.Nullable;

/** A call into the mesh as the application holds it. Thread-safe as far as {@link ClientCall} says. */
final class MeshClientCall<Q, R> extends ClientCall<Q, R> {
    final Wiring wiring;
    final Channel next;
    final MethodDescriptor<Q, R> method;
    final CallOptions options;
    final CallContext served;

    /** {@link #served}, and when the call must be over if it has waited: for the machine alone, because what the application does then has only the former. */
    CallContext bounds;

    private volatile @Nullable CallRun<Q, R> run;
    private volatile boolean cancelled;

    MeshClientCall(
            Wiring wiring, Channel next, MethodDescriptor<Q, R> method, CallOptions options, CallContext served) {
        this.wiring = wiring;
        this.next = next;
        this.method = method;
        this.options = options;
        this.served = served;
        bounds = served;
    }

    /** Has the call, which is not started yet, be over at {@code instant}, however long its deadlines are from now. */
    MeshClientCall<Q, R> until(long instant) {
        bounds = served.until(instant);
        return this;
    }

    @Override
    public void start(Listener<R> listener, Metadata headers) {
        if (run != null || cancelled) {
            throw new IllegalStateException(cancelled ? "call was cancelled" : "Already started");
        }
        CallRun<Q, R> started = new CallRun<>(this, listener, headers);
        run = started;
        started.start();
    }

    private CallRun<Q, R> run() {
        CallRun<Q, R> started = run;
        if (started == null) {
            throw new IllegalStateException("Not started");
        }
        return started;
    }

    @Override
    public void request(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("request(" + count + ") (expected: 0 or more)");
        }
        run().request(count);
    }

    @Override
    public void sendMessage(Q message) {
        run().step(call -> call.sendMessage(message));
    }

    @Override
    public void halfClose() {
        run().step(ClientCall::halfClose);
    }

    @Override
    public void setMessageCompression(boolean enabled) {
        run().step(call -> call.setMessageCompression(enabled));
    }

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {
        cancelled = true;
        CallRun<Q, R> started = run;
        if (started != null) {
            started.cancel(Cancellation.status(message, cause));
        }
    }

    @Override
    public boolean isReady() {
        CallRun<Q, R> started = run;
        return started != null && started.ready();
    }

    @Override
    public Attributes getAttributes() {
        CallRun<Q, R> started = run;
        ClientCall<Q, R> wire = started == null ? null : started.wire();
        return wire == null ? Attributes.EMPTY : wire.getAttributes();
    }
}
