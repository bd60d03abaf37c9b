package io.tulle.grpc.server;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import io.tulle.api.context.CallContext;
import io.tulle.api.time.Ticker;
import io.tulle.core.call.ServedCall;

/** Runs each callback of a handler in the call's context, and ends the call when gRPC says that it is over. */
final class ServedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServedServerCall<?, ?> answer;
    private final ServedCall served;
    private final Ticker ticker;

    ServedListener(ServerCall.Listener<Q> handler, ServedServerCall<?, ?> answer, ServedCall served, Ticker ticker) {
        super(handler);
        this.answer = answer;
        this.served = served;
        this.ticker = ticker;
    }

    @Override
    public void onMessage(Q message) {
        inContext(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
        inContext(super::onHalfClose);
    }

    @Override
    public void onReady() {
        inContext(super::onReady);
    }

    @Override
    public void onCancel() {
        try {
            inContext(super::onCancel);
        } finally {
            served.ended(answer.status(), ServedCall.End.CANCELLED, ticker.nanos());
        }
    }

    @Override
    public void onComplete() {
        try {
            inContext(super::onComplete);
        } finally {
            int status = answer.status();
            if (status == 0) { // a handler that throws is closed by gRPC itself, past our call
                served.ended(500, ServedCall.End.BROKEN, ticker.nanos());
            } else {
                served.ended(status, ServedCall.End.ANSWERED, ticker.nanos());
            }
        }
    }

    private void inContext(Runnable callback) {
        CallContext.Scope scope = served.context().makeCurrent();
        try {
            callback.run();
        } finally {
            scope.close();
        }
    }
}
