package io.tulle.benchmarks.micro;

import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long is measured.
 *
 * @param rounds how often all rows are run, one after the other; each time in a JVM of its own
 * @param separate whether rows get a JVM of their own; without it figures are worthless, but a test is quick
 * @param warmup how long a row warms up
 * @param slowWarmup how long the row does that is known to settle late (a Spring context's look-ups)
 * @param iterations measurements per round
 * @param iteration length of a measurement
 */
record Effort(
        int rounds, boolean separate, TimeValue warmup, TimeValue slowWarmup, int iterations, TimeValue iteration) {
    /** Published figures ask for at least this many rounds. */
    static final int ENOUGH_ROUNDS = 20;

    static Effort full(int rounds) {
        return new Effort(
                rounds,
                true,
                TimeValue.milliseconds(1000),
                TimeValue.milliseconds(6000),
                4,
                TimeValue.milliseconds(200));
    }

    static Effort quick(int rounds) {
        return new Effort(
                rounds,
                true,
                TimeValue.milliseconds(700),
                TimeValue.milliseconds(4000),
                3,
                TimeValue.milliseconds(150));
    }

    TimeValue warmup(Row row) {
        return row == Row.COMPOSED_CHAIN ? slowWarmup : warmup;
    }
}
