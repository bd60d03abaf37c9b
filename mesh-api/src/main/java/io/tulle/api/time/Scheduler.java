package io.tulle.api.time;

/**
 * Runs short, non-blocking tasks at an instant of a {@link Ticker}. Thread-safe. A task never runs inside {@link #schedule}; it may run a few
 * milliseconds late (a timer wheel's tick), never early. A task must not throw and must not block: it shares its thread with every other timer.
 */
public interface Scheduler {
    /**
     * Runs {@code task} once, when the ticker reaches {@code atNanos}; at once (but not inline) when that has passed.
     *
     * @return a handle to cancel it
     */
    Timer schedule(long atNanos, Runnable task);

    /** A scheduled task. */
    interface Timer {
        /** Prevents the task from starting if it has not started yet; idempotent and cheap. */
        void cancel();
    }
}
