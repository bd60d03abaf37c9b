package io.tulle.benchmarks.macro;

import java.util.Locale;
import java.util.function.ToDoubleBiFunction;

/** How a row is compared with another one, within a round. */
enum Figure {
    /** Calls per second, as a multiple. */
    THROUGHPUT(
            "throughput",
            "ratio",
            "%.2fx",
            (own, other) -> own.closed().perSecond() / other.closed().perSecond()),
    /** Processor time of client and sidecars per call, as a multiple. */
    CPU(
            "cpu",
            "cpuRatio",
            "%.2fx",
            (own, other) -> own.closed().cpu() / other.closed().cpu()),
    /** Processor time of all processes per call, backends too, as a multiple. */
    ALL_CPU(
            "all cpu",
            "allCpuRatio",
            "%.2fx",
            (own, other) -> own.closed().allCpu() / other.closed().allCpu()),
    /** Bytes that the client allocates per call, more than the other. */
    MORE_BYTES(
            "bytes",
            "moreBytes",
            "%+.0f B",
            (own, other) -> own.closed().bytesPerCall() - other.closed().bytesPerCall()),
    /** Microseconds that the median of paced calls takes longer. */
    ADDED_P50(
            "p50 when paced",
            "addedP50Us",
            "%+.0f us",
            (own, other) -> own.paced().p50() - other.paced().p50());

    private final String title;
    private final String field;
    private final String format;
    private final ToDoubleBiFunction<Sample, Sample> comparison;

    Figure(String title, String field, String format, ToDoubleBiFunction<Sample, Sample> comparison) {
        this.title = title;
        this.field = field;
        this.format = format;
        this.comparison = comparison;
    }

    String title() {
        return title;
    }

    /** Returns what programs find it by. */
    String field() {
        return field;
    }

    double of(Sample own, Sample other) {
        return comparison.applyAsDouble(own, other);
    }

    String text(double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
