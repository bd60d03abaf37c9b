package io.tulle.core.lincheck;

import io.tulle.api.listener.BreakerState;
import io.tulle.core.window.StripedWindow;
import java.util.concurrent.atomic.AtomicReference;

/** A breaker with a planted bug: what it counts in is not part of the state that admitted the call. Its operations are those of {@link CircuitBreakerLincheck}. */
public class SharedWindowLincheck {
    private record State(BreakerState kind, long generation) {
        State to(BreakerState next) {
            return new State(next, generation + 1);
        }
    }

    private final AtomicReference<State> state = new AtomicReference<>(new State(BreakerState.CLOSED, 0));
    private final long[] tickets = new long[CircuitBreakerLincheck.THREADS];
    private volatile StripedWindow window = fresh();

    private static StripedWindow fresh() {
        return new StripedWindow(CircuitBreakerLincheck.SETTINGS.window().toNanos(), 0);
    }

    /** A call asks. */
    public long admit(int thread) {
        while (true) {
            State current = state.get();
            if (current.kind == BreakerState.HALF_OPEN) {
                tickets[thread] = -1;
                return -1;
            }
            State next = current.kind == BreakerState.OPEN ? current.to(BreakerState.HALF_OPEN) : current;
            if (next == current || state.compareAndSet(current, next)) {
                tickets[thread] = next.generation;
                return next.generation;
            }
        }
    }

    /** Its verdict. */
    public void complete(int thread, boolean success) {
        State current = state.get();
        if (current.generation != tickets[thread]) {
            return;
        }
        if (current.kind == BreakerState.CLOSED) {
            window.record(!success, 0); // by now perhaps the window of another closed phase
            if (!success && StripedWindow.unpackFailures(window.sums(0)) >= 2) {
                state.compareAndSet(current, current.to(BreakerState.OPEN));
            }
        } else {
            window = success ? fresh() : window;
            state.compareAndSet(current, current.to(success ? BreakerState.CLOSED : BreakerState.OPEN));
        }
    }

    /** Returns the state. */
    public BreakerState state() {
        return state.get().kind;
    }
}
