package io.tulle.benchmarks.macro;

import java.util.concurrent.locks.LockSupport;

/** When one thread's next call is due. Confined to that thread. */
final class Pace {
    private static final double SECOND = 1e9;

    private final double gap;
    private double next;

    private Pace(double gap, double first) {
        this.gap = gap;
        next = first;
    }

    /**
     * Returns the pace of one thread, evenly between those of the others.
     *
     * @param perSecond calls of all threads together; 0 means that a call is due as soon as the last one has ended
     * @param start when the first thread's first call is due, by {@link System#nanoTime()}
     */
    static Pace of(int perSecond, long start, int thread) {
        return perSecond == 0
                ? new Pace(0, start)
                : new Pace(SECOND * Load.THREADS / perSecond, start + SECOND * thread / perSecond);
    }

    /**
     * Waits until the next call is due and returns from when on it is timed: from when it was due if that is long past, because the calls before it took
     * too long; else from now, so that a late wake-up is not taken for a slow answer.
     */
    long awaitTurn() {
        if (gap == 0) {
            return System.nanoTime();
        }
        long due = (long) next;
        next += gap;
        await(due);
        long now = System.nanoTime();
        return now - due > gap / 2 ? due : now;
    }

    /** Waits until {@code time}, by {@link System#nanoTime()}. */
    static void await(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
