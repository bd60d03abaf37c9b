package io.tulle.testing;

import io.tulle.api.time.RandomSource;
import java.util.SplittableRandom;

/** Randomness that repeats: the same seed gives the same draws. Not thread-safe. */
public final class SeededRandom implements RandomSource {
    private final SplittableRandom random;

    /** Creates a source that {@code seed} determines. */
    public SeededRandom(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }
}
