package io.tulle.examples.bookshop.service;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts calls to one target. Thread-safe; counting takes no lock. */
final class TargetStats {
    private final LongAdder errors = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final Recorder latency = new Recorder(Latencies.LONGEST_MICROS, Latencies.DIGITS);
    private final ReentrantLock reading = new ReentrantLock();
    private final Histogram total = Latencies.histogram();

    void ended(long nanos, boolean success) {
        latency.recordValue(Latencies.micros(nanos));
        if (!success) {
            errors.increment();
        }
    }

    void retried() {
        retries.increment();
    }

    StorefrontStats.Target read() {
        reading.lock();
        try {
            total.add(latency.getIntervalHistogram());
            return new StorefrontStats.Target(
                    total.getTotalCount(), errors.sum(), retries.sum(), Latencies.encode(total));
        } finally {
            reading.unlock();
        }
    }
}
