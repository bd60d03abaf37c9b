package io.tulle.testing.sim;

import java.util.SplittableRandom;

/** Seeded draws of a simulation. */
final class SimRandom {
    private final SplittableRandom random;

    SimRandom(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns an exponentially distributed draw with mean 1. */
    double exponential() {
        return -Math.log(1 - random.nextDouble());
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
