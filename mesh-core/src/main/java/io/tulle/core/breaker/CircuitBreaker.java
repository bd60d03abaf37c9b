package io.tulle.core.breaker;

import io.tulle.api.listener.BreakerState;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.window.StripedWindow;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls to a service while too many of them fail. Thread-safe, lock-free; in the closed state a call costs one volatile read to admit and one
 * uncontended compare-and-set to complete.
 *
 * <pre>
 * from       to         when
 * CLOSED     OPEN       a failure is counted, and the window then holds at least minimumCalls and failureRatePercent of failures
 * OPEN       HALF_OPEN  a call asks after openDuration; it becomes the first trial
 * HALF_OPEN  CLOSED     halfOpenCalls trials have succeeded
 * HALF_OPEN  OPEN       a trial fails
 * HALF_OPEN  HALF_OPEN  a call asks, all trials are out, and openDuration has passed since the first: new trials, the old ones count no more
 * </pre>
 *
 * <p>A ticket is the generation of the state that issued it; each transition makes a new generation, and an outcome whose ticket is of an older one is
 * dropped. So a call that was admitted while closed never decides over half-open. States and terms follow Nygard, "Release It!".
 */
public final class CircuitBreaker {
    /** What {@link #tryAdmit} answers while the breaker refuses. */
    public static final long REJECTED = -1;

    /** Told of every transition, on the thread that caused it. */
    public interface Observer {
        /** The breaker went from one state to another. */
        void changed(BreakerState from, BreakerState to);
    }

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(CircuitBreaker.class, "state", State.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * One state.
     *
     * @param untilNanos end of OPEN; when the trials of HALF_OPEN have had their time
     * @param started trials admitted in HALF_OPEN and not given back
     * @param succeeded trials that succeeded in HALF_OPEN
     * @param window what CLOSED counts: its own, so that an outcome that comes too late is counted where nobody looks any more
     */
    private record State(
            BreakerState kind,
            long generation,
            long untilNanos,
            int started,
            int succeeded,
            @Nullable StripedWindow window) {
        State open(long newUntil) {
            return new State(BreakerState.OPEN, generation + 1, newUntil, 0, 0, null);
        }

        State halfOpen(long newUntil) {
            return new State(BreakerState.HALF_OPEN, generation + 1, newUntil, 1, 0, null);
        }

        State closed(StripedWindow newWindow) {
            return new State(BreakerState.CLOSED, generation + 1, 0, 0, 0, newWindow);
        }

        State trial(int more, int good) {
            return new State(kind, generation, untilNanos, started + more, succeeded + good, null);
        }
    }

    private final double failureRatePercent;
    private final int minimumCalls;
    private final long openNanos;
    private final int trials;
    private final long windowNanos;
    private final Observer observer;

    private volatile State state;

    /** Creates a closed breaker. */
    public CircuitBreaker(TrafficPolicy.ServiceBreaker settings, Observer observer, long now) {
        failureRatePercent = settings.failureRatePercent();
        minimumCalls = settings.minimumCalls();
        openNanos = settings.openDuration().toNanos();
        trials = settings.halfOpenCalls();
        windowNanos = settings.window().toNanos();
        this.observer = observer;
        state = new State(BreakerState.CLOSED, 0, 0, 0, 0, new StripedWindow(windowNanos, now));
    }

    /** Returns the current state; OPEN turns to HALF_OPEN only when a call asks. */
    public BreakerState state() {
        return state.kind;
    }

    /** Returns a ticket for {@link #complete}, or {@link #REJECTED}. */
    public long tryAdmit(long now) {
        while (true) {
            State current = state;
            switch (current.kind) {
                case CLOSED -> {
                    return current.generation;
                }
                case OPEN -> {
                    if (now - current.untilNanos < 0) {
                        return REJECTED;
                    }
                    State first = current.halfOpen(now + openNanos);
                    if (swap(current, first)) {
                        return first.generation;
                    }
                }
                case HALF_OPEN -> {
                    boolean room = current.started < trials;
                    if (!room && now - current.untilNanos < 0) {
                        return REJECTED;
                    }
                    State next = room ? current.trial(1, 0) : current.halfOpen(now + openNanos);
                    if (swap(current, next)) {
                        return next.generation;
                    }
                }
            }
        }
    }

    /** Counts the outcome of a call that {@link #tryAdmit} admitted; exactly once per ticket. */
    public void complete(long ticket, boolean success, long now) {
        State current = state;
        if (current.generation != ticket) {
            return;
        }
        StripedWindow window = current.window;
        if (window != null) {
            window.record(!success, now);
            if (!success && tooManyFailures(window, now)) {
                swap(current, current.open(now + openNanos));
            }
        } else if (success) {
            succeed(ticket, now);
        } else {
            fail(ticket, now);
        }
    }

    /** Gives back a ticket whose call says nothing about the service: cancelled, or refused by a stage further in. */
    public void release(long ticket) {
        State current = state;
        while (current.generation == ticket && current.kind == BreakerState.HALF_OPEN) {
            if (swap(current, current.trial(-1, 0))) {
                return;
            }
            current = state;
        }
    }

    private void succeed(long ticket, long now) {
        State current = state;
        while (current.generation == ticket) {
            if (current.succeeded + 1 < trials) {
                if (swap(current, current.trial(0, 1))) {
                    return;
                }
            } else if (swap(current, current.closed(new StripedWindow(windowNanos, now)))) {
                return;
            }
            current = state;
        }
    }

    private void fail(long ticket, long now) {
        State current = state;
        while (current.generation == ticket && !swap(current, current.open(now + openNanos))) {
            current = state;
        }
    }

    private boolean tooManyFailures(StripedWindow window, long now) {
        long sums = window.sums(now);
        long total = StripedWindow.unpackTotal(sums);
        return total >= minimumCalls && StripedWindow.unpackFailures(sums) * 100 >= failureRatePercent * total;
    }

    private boolean swap(State from, State to) {
        if (!STATE.compareAndSet(this, from, to)) {
            return false;
        }
        if (from.kind != to.kind) {
            observer.changed(from.kind, to.kind);
        }
        return true;
    }
}
