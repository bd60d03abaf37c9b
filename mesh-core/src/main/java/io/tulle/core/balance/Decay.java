package io.tulle.core.balance;

/**
 * Exponential forgetting with a time constant. Immutable.
 *
 * <p>{@code e^-x} is computed as {@code p(x/4)^-4}, where p is the third-order Taylor polynomial of {@code e^x}: one division and no call, within 1 %
 * up to x = 2 and within 20 % up to x = 5, where what is left is less than a hundredth. Times under a thousandth of the constant are not decayed at all.
 */
public final class Decay {
    private final double quarterRate;
    private final long negligible;

    /** Creates a decay with time constant {@code nanos}, more than 0. */
    public Decay(long nanos) {
        quarterRate = 0.25 / nanos;
        negligible = nanos >> 10;
    }

    /** Returns which share is left after {@code elapsedNanos}; 1 for times that are not positive. */
    public double factor(long elapsedNanos) {
        if (elapsedNanos <= negligible) {
            return 1;
        }
        double y = elapsedNanos * quarterRate;
        double p = 1 + y * (1 + y * (0.5 + y * (1 / 6.0)));
        double squared = p * p;
        return 1 / (squared * squared);
    }
}
