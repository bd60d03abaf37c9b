package io.tulle.benchmarks.report;

import java.util.Arrays;
import java.util.Random;

/**
 * What repeated measurements say: their median and a bootstrap interval around it (Efron 1979, percentile method, 2,000 resamples with a fixed seed, so
 * that the same figures give the same interval).
 *
 * @param median the middle value
 * @param low lower end of the 95 % interval
 * @param high upper end of the 95 % interval
 */
public record Estimate(double median, double low, double high) {
    private static final int RESAMPLES = 2000;
    private static final long SEED = 20261121;

    /**
     * Returns the estimate of {@code values}; with a single value the interval is that value.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Estimate of(double... values) {
        Random random = new Random(SEED);
        double[] medians = new double[RESAMPLES];
        double[] sample = new double[values.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < sample.length; j++) {
                sample[j] = values[random.nextInt(values.length)];
            }
            medians[i] = median(sample);
        }
        Arrays.sort(medians);
        return new Estimate(median(values), medians[(int) (RESAMPLES * 0.025)], medians[(int) (RESAMPLES * 0.975)]);
    }

    /**
     * Returns the median; of an even number the mean of the two in the middle.
     *
     * @throws IllegalArgumentException if there is no value
     */
    public static double median(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values: none (expected: at least one)");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
