package io.tulle.core.route;

import io.tulle.core.window.Stripes;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Spreads calls over destinations by weight. Thread-safe and without a counter that all threads share.
 *
 * <p>Each stripe walks a Weyl sequence (multiples of the golden ratio modulo 1), whose first n points are spread over [0, 1) with a discrepancy of
 * O(log n / n) instead of a random draw's O(1 / sqrt n) (Niederreiter 1992, section 3.1): a 10 % canary gets its 10 % of a hundred calls, not 4 % or
 * 16 %. Where the sequences start is random, so that processes do not move in step.
 */
public final class WeightedSplit {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long[]
            upperBounds; // unsigned, up to the last destination that has a weight: it takes all that is left
    private final AtomicLongArray positions = new AtomicLongArray(Stripes.COUNT * Stripes.PADDING);

    /**
     * Creates a split.
     *
     * @param weights at least one, none negative, with a sum above 0
     * @param seed where the sequences start
     */
    public WeightedSplit(int[] weights, long seed) {
        long sum = 0;
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            last = weights[i] > 0 ? i : last;
        }
        upperBounds = new long[last];
        double below = 0;
        for (int i = 0; i < last; i++) {
            below += weights[i];
            upperBounds[i] = (long) (below / sum * 0x1p63) << 1;
        }
        for (int stripe = 0; stripe < Stripes.COUNT; stripe++) {
            positions.set(stripe * Stripes.PADDING, seed + (long) stripe * 0xD1B54A32D192ED03L);
        }
    }

    /** Returns the index of the destination of the next call; one of weight 0 is never returned. */
    public int next() {
        if (upperBounds.length == 0) {
            return 0;
        }
        long position = positions.getAndAdd(Stripes.current() * Stripes.PADDING, GOLDEN);
        int index = 0;
        while (index < upperBounds.length && Long.compareUnsigned(position, upperBounds[index]) >= 0) {
            index++;
        }
        return index;
    }
}
