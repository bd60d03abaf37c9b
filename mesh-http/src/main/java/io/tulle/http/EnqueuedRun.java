package io.tulle.http;

import io.tulle.core.snapshot.ServiceSnapshot;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The driver of {@code enqueue()}: OkHttp's dispatcher carries every attempt, and no thread waits for anything else. */
final class EnqueuedRun extends CallRun {
    private static final VarHandle CALL;

    static {
        try {
            CALL = MethodHandles.lookup().findVarHandle(EnqueuedRun.class, "call", EnqueuedCall.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Until it has been told; then let go, because its callback may hold the response, which must not be found through a timer. */
    private volatile @Nullable EnqueuedCall call;

    EnqueuedRun(EnqueuedCall call, HttpRequestHead head, @Nullable ServiceSnapshot service) {
        super(call, head, service);
        this.call = call;
    }

    // ---- the thread that drains ----

    @Override
    void send(WireAttempt wire) {
        wiring.entrance.sent();
        if (!enqueue(wire)) {
            wiring.entrance.back();
        }
    }

    @Override
    void changed() {
        if (call != null && (done() || committed() != null)) {
            leaveToOthers();
        }
    }

    // ---- a thread of the dispatcher ----

    @Override
    void arrived(WireAttempt wire) {
        try {
            super.arrived(wire);
        } finally {
            wiring.entrance.back();
        }
    }

    @Override
    void failed(WireAttempt wire, IOException e) {
        try {
            super.failed(wire, e);
        } finally {
            wiring.entrance.back();
        }
    }

    /** Also tells the result, once. */
    @Override
    void tidy() {
        super.tidy();
        boolean over = done(); // before the other: what was committed before the end is seen
        WireAttempt answer = committed();
        if (!over && answer == null) {
            return;
        }
        EnqueuedCall waiting = (EnqueuedCall) CALL.getAndSet(this, null);
        if (waiting != null && answer != null) {
            waiting.answered(response(answer, waiting));
        } else if (waiting != null) {
            waiting.failed(failure());
        }
    }

    private static Response response(WireAttempt answer, EnqueuedCall waiting) {
        try {
            return answer.handOver();
        } catch (RuntimeException | Error e) { // of the application: a listener, a body of its interceptor
            waiting.broken(e);
            throw e;
        }
    }
}
