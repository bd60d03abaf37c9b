package io.tulle.core.inbound;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Admits requests to one process and counts those in flight. Thread-safe, without a lock: one counter, and under a limit it is exact, because each admission is a
 * compare-and-set on what was read.
 */
public final class InboundGate {
    /** What {@link #tryAdmit} answers when the caller no longer waits. */
    public static final long EXPIRED = -1;

    /** What {@link #tryAdmit} answers when as many requests are in flight as may be. */
    public static final long OVERLOADED = -2;

    private static final long ADMITTED = 0;

    private final AtomicInteger inFlight = new AtomicInteger();

    /**
     * Returns a ticket (0 or more), which is {@link #released} exactly once, or a negative code. An expired request is refused first: it costs no place.
     *
     * @param timeoutNanos how long the caller still waits
     * @param max how many requests may be in flight, this one included
     */
    public long tryAdmit(long timeoutNanos, int max) {
        if (timeoutNanos <= 0) {
            return EXPIRED;
        }
        if (max == Integer.MAX_VALUE) {
            inFlight.incrementAndGet();
            return ADMITTED;
        }
        while (true) {
            int before = inFlight.get();
            if (before >= max) {
                return OVERLOADED;
            }
            if (inFlight.compareAndSet(before, before + 1)) {
                return ADMITTED;
            }
        }
    }

    /** Gives the place of an admitted request back. */
    public void released() {
        inFlight.decrementAndGet();
    }

    /** Returns how many admitted requests have not ended. */
    public int inFlight() {
        return inFlight.get();
    }
}
