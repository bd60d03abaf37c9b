package io.tulle.http;

import io.tulle.api.time.Instants;
import io.tulle.api.time.Parker;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.io.IOException;
import java.io.InterruptedIOException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The driver of {@code execute()}: the caller's thread sends and waits, outside of the drain; a cancelled OkHttp call makes it return. Where several
 * attempts may be out at once it only waits, and OkHttp's dispatcher carries them. Waits between attempts are kept by the caller's thread, without a timer.
 */
final class BlockingRun extends CallRun {
    private final Thread caller = Thread.currentThread();
    private volatile @Nullable WireAttempt carried; // for the caller's thread; written by the one that drains
    private volatile boolean onlyWaits; // others carry the attempts
    private volatile boolean parked;

    // The caller's thread alone.
    private @Nullable WireAttempt sent;
    private boolean interrupted;

    BlockingRun(LogicalCall call, HttpRequestHead head, @Nullable ServiceSnapshot service) {
        super(call, head, service);
    }

    /** Runs the call on the thread that made this; returns the committed response. */
    Response execute() throws IOException {
        begin();
        while (true) {
            boolean over = done(); // before the others: what was committed before the end is seen
            WireAttempt next = carried;
            WireAttempt answer = committed();
            if (next != null && next != sent) {
                sent = next;
                transmit(next);
            } else if (answer != null) {
                return handOver(answer);
            } else if (over) {
                throw interrupted ? interruption() : failure();
            } else {
                awaitTurn();
            }
        }
    }

    private void transmit(WireAttempt wire) {
        try {
            if (wire.send(wiring.calls)) {
                loop.head(wire.attempt, wire);
                awaitDecision(wire);
            }
        } catch (IOException e) {
            failedBy(e);
            if (caller.isInterrupted()) {
                interrupt();
            }
        } catch (RuntimeException | Error e) { // of the application: an interceptor, a listener, a request body
            loop.cancel();
            throw e;
        } finally {
            wire.leave();
        }
    }

    /** The head is normally handled by now; else another thread drains, and is about to decide. */
    private void awaitDecision(WireAttempt wire) {
        if (wire.decided()) {
            return;
        }
        parked = true;
        while (!wire.decided()) {
            park(Instants.NEVER);
        }
        parked = false;
    }

    private Response handOver(WireAttempt wire) {
        Response response = wire.handOver();
        if (interrupted) { // while the decision was awaited, which came first
            caller.interrupt();
        }
        return response;
    }

    private void awaitTurn() {
        WireAttempt last = sent;
        parked = true;
        if (carried == last && committed() == null && !done()) {
            park(ownWakeTime());
        }
        parked = false;
        long due = ownWakeTime();
        if (!done()
                && carried == last
                && Instants.hasCome(due, wiring.runtime.ticker().nanos())) {
            loop.timer();
        }
    }

    private long ownWakeTime() {
        return needsTimer() ? Instants.NEVER : wakeAt();
    }

    private void park(long until) {
        Parker parker = wiring.runtime.parker();
        try {
            parker.parkUntil(until);
        } catch (InterruptedException e) {
            interrupt();
        }
    }

    private void interrupt() {
        interrupted = true;
        loop.cancel();
    }

    private IOException interruption() {
        caller.interrupt();
        IOException failure = new InterruptedIOException("interrupted");
        failure.initCause(cause());
        return failure;
    }

    // ---- the thread that drains ----

    @Override
    void send(WireAttempt wire) {
        if (loop.machine().hedges()) {
            onlyWaits = true;
            enqueue(wire);
        } else {
            carried = wire;
            changed();
        }
    }

    @Override
    void changed() {
        if (parked) {
            wiring.runtime.parker().unpark(caller);
        }
    }

    /** While it carries an attempt, the caller's thread sits in it; when it has its response, it is gone; and what others bring goes before the timer. */
    @Override
    protected boolean needsTimer() {
        WireAttempt out = carried;
        return onlyWaits || committed() != null || out != null && !out.over();
    }
}
