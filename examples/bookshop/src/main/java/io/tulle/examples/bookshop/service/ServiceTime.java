package io.tulle.examples.bookshop.service;

/** How long a backend works on a request: 5 ms plus an exponential 5 ms, never more than 40 ms. No CPU is spent; it is only waited. */
public final class ServiceTime {
    private static final double FIXED_NANOS = 5e6;
    private static final double MEAN_NANOS = 5e6;
    private static final double LONGEST_NANOS = 40e6;
    private static final int SLOWDOWN = 10;

    private ServiceTime() {}

    /**
     * Returns a service time in nanoseconds.
     *
     * @param uniform a uniform draw from 0 (inclusive) to 1 (exclusive)
     */
    public static long nanos(double uniform, Fault fault) {
        double nanos = Math.min(LONGEST_NANOS, FIXED_NANOS - MEAN_NANOS * Math.log1p(-uniform));
        return (long) (fault == Fault.SLOW10X ? nanos * SLOWDOWN : nanos);
    }
}
