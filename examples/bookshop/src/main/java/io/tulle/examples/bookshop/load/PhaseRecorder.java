package io.tulle.examples.bookshop.load;

import io.tulle.examples.bookshop.service.Latencies;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What became of the requests of one phase. Thread-safe. A request belongs to the phase in which it was meant to start. */
public final class PhaseRecorder {
    private static final int MOST_REASONS = 20;

    private final Histogram latency = new ConcurrentHistogram(Latencies.LONGEST_MICROS, Latencies.DIGITS);
    private final LongAdder sent = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();

    /** A request is about to be sent. */
    void sent() {
        sent.increment();
    }

    /** A request has ended, {@code nanos} after it was <em>meant</em> to start. */
    void ended(long nanos, @Nullable String failure) {
        latency.recordValue(Latencies.micros(nanos));
        if (failure != null) {
            failed.increment();
            if (reasons.size() < MOST_REASONS || reasons.containsKey(failure)) {
                reasons.computeIfAbsent(failure, key -> new LongAdder()).increment();
            }
        }
        ended.increment();
    }

    /** Returns how many requests were sent. */
    public long requests() {
        return sent.sum();
    }

    /** Returns whether all that were sent have ended; meaningful once the next phase has begun. */
    public boolean complete() {
        return ended.sum() >= sent.sum();
    }

    /** Returns how many requests failed. */
    public long failed() {
        return failed.sum();
    }

    /** Returns a percentile of the latencies in milliseconds. */
    public double millis(double percentile) {
        return Latencies.millis(latency, percentile);
    }

    /** Returns the most frequent reason of failures; empty when there were none. */
    public String reason() {
        return reasons.entrySet().stream()
                .max(Comparator.comparingLong(entry -> entry.getValue().sum()))
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
