package io.tulle.examples.bookshop.load;

import io.tulle.examples.bookshop.service.Latencies;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What became of the requests since it was last asked. Recording is thread-safe; one thread asks. */
public final class LiveRecorder {
    private final Recorder latency = new Recorder(Latencies.LONGEST_MICROS, Latencies.DIGITS);
    private final LongAdder failed = new LongAdder();

    /**
     * A stretch of time.
     *
     * @param latency microseconds from the intended start to the end
     * @param failed how many requests failed
     */
    public record Interval(Histogram latency, long failed) {}

    void ended(long nanos, boolean failure) {
        latency.recordValue(Latencies.micros(nanos));
        if (failure) {
            failed.increment();
        }
    }

    /** Returns what ended since the last call. */
    public Interval next() {
        return new Interval(latency.getIntervalHistogram(), failed.sumThenReset());
    }
}
