package io.tulle.benchmarks.macro;

/**
 * What one round says about a row.
 *
 * @param closed each thread calls again as soon as it is answered
 * @param paced calls at a fixed rate
 */
record Sample(Reading closed, Reading paced) {}
