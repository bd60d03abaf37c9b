package io.tulle.examples.bookshop.service;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** The one way in which the demo keeps latencies: microseconds up to a minute, to two digits. */
public final class Latencies {
    /** The longest latency that is told apart; longer ones count as this. */
    public static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    /** Significant decimal digits. */
    public static final int DIGITS = 2;

    private static final double MICROS_PER_MILLI = 1000;

    private Latencies() {}

    /** Returns an empty histogram. */
    public static Histogram histogram() {
        return new Histogram(LONGEST_MICROS, DIGITS);
    }

    /** Returns what to record for a latency in nanoseconds. */
    public static long micros(long nanos) {
        return Math.min(LONGEST_MICROS, Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
    }

    /** Returns a percentile in milliseconds; 0 when nothing was recorded. */
    public static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    /** Returns a histogram as text. */
    public static String encode(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    /**
     * Returns what {@link #encode} was given.
     *
     * @throws IllegalArgumentException if {@code text} is not an encoded histogram
     */
    public static Histogram decode(String text) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            return Histogram.decodeFromCompressedByteBuffer(buffer, LONGEST_MICROS);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("'" + text + "' (expected: a compressed histogram in Base64)", e);
        }
    }
}
