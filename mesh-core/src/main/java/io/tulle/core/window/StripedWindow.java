package io.tulle.core.window;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts events, and how many of them were failures, over a sliding window. Thread-safe and lock-free; recording is one compare-and-set on a stripe
 * that other threads seldom touch, reading sums all stripes.
 *
 * <p>The window is cut into 7 to 14 buckets whose width is a power of two in nanoseconds, so that finding a bucket takes a shift and no division.
 * What is reported covers at least the window asked for and less than two buckets more. Each bucket packs its epoch's low 16 bits, a failure
 * count and a total of 24 bits each; counts saturate. Who first records in a new epoch empties the buckets up to it in every stripe, so that a bucket
 * of 65536 epochs ago is never taken for one of now.
 */
public final class StripedWindow {
    private static final int COUNT_BITS = 24;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final long ONE_FAILURE = 1L << COUNT_BITS;
    private static final int EPOCH_SHIFT = 2 * COUNT_BITS;
    private static final int BUCKETS = Stripes.PADDING;

    private final int widthShift;
    private final int live;
    private final long origin;
    private final AtomicLong newest;
    private final AtomicLongArray cells = new AtomicLongArray(Stripes.COUNT * Stripes.PADDING);

    /**
     * Creates an empty window.
     *
     * @param windowNanos how far back events count, at least 1 microsecond
     * @param now the current time
     */
    public StripedWindow(long windowNanos, long now) {
        if (windowNanos < 1000) {
            throw new IllegalArgumentException("windowNanos: " + windowNanos + " (expected: at least 1000)");
        }
        widthShift = 63 - Long.numberOfLeadingZeros(windowNanos / 7);
        long width = 1L << widthShift;
        live = (int) ((windowNanos + width - 1) >> widthShift) + 1; // the bucket being filled is partial
        origin = now - (long) BUCKETS * width;
        newest = new AtomicLong(BUCKETS);
    }

    /** Counts one event; one that comes more than a turn of the ring late is dropped. */
    public void record(boolean failure, long now) {
        long epoch = now - origin >> widthShift;
        long ahead = epoch - newest.get();
        if (ahead > 0) {
            turnTo(epoch);
        } else if (ahead <= -BUCKETS) {
            return;
        }
        int cell = Stripes.current() * Stripes.PADDING + (int) (epoch & BUCKETS - 1);
        long tag = (epoch & 0xFFFF) << EPOCH_SHIFT;
        long add = failure ? 1 + ONE_FAILURE : 1;
        while (true) {
            long old = cells.get(cell);
            boolean current = (old & ~0L << EPOCH_SHIFT) == tag;
            if (current && (old & COUNT_MASK) == COUNT_MASK) {
                return;
            }
            if (cells.compareAndSet(cell, old, current ? old + add : tag | add)) {
                return;
            }
        }
    }

    /**
     * Empties the buckets between the newest and {@code epoch}. Nobody records in them before the newest has been raised, so whatever is seen there
     * before that is of an earlier turn.
     */
    private void turnTo(long epoch) {
        for (long next = Math.max(newest.get(), epoch - BUCKETS) + 1; next <= epoch; next++) {
            for (int stripe = 0; stripe < Stripes.COUNT; stripe++) {
                int cell = stripe * Stripes.PADDING + (int) (next & BUCKETS - 1);
                long old = cells.get(cell);
                if (old != 0 && newest.get() < next) {
                    cells.compareAndSet(cell, old, 0);
                }
            }
        }
        newest.accumulateAndGet(epoch, Math::max);
    }

    /** Returns how many events the window holds. */
    public long total(long now) {
        return unpackTotal(sums(now));
    }

    /** Returns total and failures in one reading: take them apart with {@link #unpackTotal} and {@link #unpackFailures}. */
    public long sums(long now) {
        long epoch = now - origin >> widthShift;
        int unused = (int) Math.max(0, Math.min(live, epoch - newest.get())); // buckets that nobody has recorded in
        long total = 0;
        long failures = 0;
        for (int stripe = 0; stripe < Stripes.COUNT; stripe++) {
            for (int back = unused; back < live; back++) {
                long bucketEpoch = epoch - back;
                long value = cells.get(stripe * Stripes.PADDING + (int) (bucketEpoch & BUCKETS - 1));
                if ((value >>> EPOCH_SHIFT) == (bucketEpoch & 0xFFFF)) {
                    total += value & COUNT_MASK;
                    failures += value >>> COUNT_BITS & COUNT_MASK;
                }
            }
        }
        return Math.min(failures, Integer.MAX_VALUE) << 32 | Math.min(total, Integer.MAX_VALUE);
    }

    /** Returns the total in a result of {@link #sums}. */
    public static long unpackTotal(long sums) {
        return sums & 0xFFFF_FFFFL;
    }

    /** Returns the failures in a result of {@link #sums}. */
    public static long unpackFailures(long sums) {
        return sums >>> 32;
    }
}
