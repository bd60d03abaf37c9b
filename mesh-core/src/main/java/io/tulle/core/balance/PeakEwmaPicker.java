package io.tulle.core.balance;

import io.tulle.api.time.RandomSource;

/**
 * The better of two <em>different</em> random endpoints (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001) by
 * {@link EndpointLoad}. Drawing with replacement would compare an endpoint with itself once in n picks and let a bad one through.
 */
public final class PeakEwmaPicker implements Picker {
    private final EndpointLoad[] loads;
    private final double[] handicaps;
    private final Decay decay;

    /**
     * Creates a picker.
     *
     * @param loads the endpoints, at least one
     * @param weights their weights, each at least 1
     */
    public PeakEwmaPicker(EndpointLoad[] loads, int[] weights, Decay decay) {
        this.loads = loads.clone();
        this.decay = decay;
        handicaps = new double[loads.length];
        for (int i = 0; i < loads.length; i++) {
            handicaps[i] = 1.0 / weights[i];
        }
    }

    @Override
    public int pick(RandomSource random, long now) {
        int size = loads.length;
        if (size == 1) {
            return 0;
        }
        long bits = random.nextLong();
        int a = RandomSource.bounded(bits, size);
        int b = RandomSource.bounded(bits >>> 32, size - 1);
        if (b >= a) {
            b++;
        }
        double costA = loads[a].load(now, decay) * handicaps[a];
        double costB = loads[b].load(now, decay) * handicaps[b];
        return costA <= costB ? a : b;
    }
}
