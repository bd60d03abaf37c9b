package io.tulle.benchmarks.balance;

/**
 * What came of one simulation.
 *
 * @param p50Ms median of latency in milliseconds
 * @param p99Ms its 99th percentile; a call that ran into its deadline counts with the deadline
 * @param p999Ms its 99.9th percentile
 * @param errorPercent share of calls that did not succeed
 * @param sharePercent share of the attempts that the bad server (or what would be it) got; a tenth is fair
 * @param attemptsPerCall how many attempts a call took on average
 */
public record Spread(
        double p50Ms, double p99Ms, double p999Ms, double errorPercent, double sharePercent, double attemptsPerCall) {}
