package io.tulle.api.time;

/** Where random bits come from. The engine never creates its own: production gives thread-local randomness, tests a seeded generator. */
@FunctionalInterface
public interface RandomSource {
    /** Returns 64 uniformly distributed random bits. */
    long nextLong();

    /**
     * Maps 32 random bits to {@code [0, bound)} by multiply-shift (Lemire 2019, "Fast random integer generation in an interval"), with a bias below
     * {@code bound / 2^32}.
     *
     * @param bits a value of which the low 32 bits are used
     * @param bound more than zero
     */
    static int bounded(long bits, int bound) {
        return (int) ((bits & 0xFFFF_FFFFL) * bound >>> 32);
    }
}
