package io.tulle.api.time;

/**
 * A monotonic clock in nanoseconds with an arbitrary origin: only differences mean anything, and values may be negative or overflow.
 * Compare two readings by the sign of their difference, never with {@code <}. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Ticker {
    /** Returns the current reading in nanoseconds. */
    long nanos();

    /** Returns the JVM's monotonic clock, {@link System#nanoTime()}. */
    static Ticker system() {
        return System::nanoTime;
    }
}
