package io.tulle.benchmarks.balance;

import io.tulle.api.call.Verdict;
import org.HdrHistogram.Histogram;

/** Counts what came of calls. Confined to one thread. */
final class Recorder {
    private static final int DIGITS = 3;

    private final Histogram latencies = new Histogram(10 * Simulation.DEADLINE_NANOS, DIGITS);
    private long calls;
    private long errors;
    private long attempts;
    private long attemptsAtBad;

    void attempt(int server) {
        attempts++;
        attemptsAtBad += server == Trouble.BAD ? 1 : 0;
    }

    void ended(Verdict verdict, long nanos) {
        calls++;
        errors += verdict == Verdict.SUCCESS ? 0 : 1;
        if (verdict == Verdict.SUCCESS || verdict == Verdict.DEADLINE_EXCEEDED) {
            latencies.recordValue(Math.max(1, nanos));
        }
    }

    Spread spread() {
        return new Spread(
                millis(50),
                millis(99),
                millis(99.9),
                100.0 * errors / calls,
                100.0 * attemptsAtBad / attempts,
                (double) attempts / calls);
    }

    private double millis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
