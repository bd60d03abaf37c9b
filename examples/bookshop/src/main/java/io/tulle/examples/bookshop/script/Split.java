package io.tulle.examples.bookshop.script;

import java.util.Map;

/**
 * How the servers saw catalog's calls split over v1 and v2, against what the route says.
 *
 * @param v1Percent the route's share of v1
 * @param v1 calls that v1 counted
 * @param v2 calls that v2 counted
 * @param atLeast how many calls are needed to judge
 */
public record Split(int v1Percent, long v1, long v2, long atLeast) {
    /** How many standard deviations a fair split may be off: it is further off once in a thousand times. */
    private static final double SIGMAS = 3.3;

    /** Returns the difference between two readings of the servers. */
    static Split between(Map<String, Long> before, Map<String, Long> after, int v1Percent, long atLeast) {
        return new Split(v1Percent, grown(before, after, "catalog/v1"), grown(before, after, "catalog/v2"), atLeast);
    }

    private static long grown(Map<String, Long> before, Map<String, Long> after, String key) {
        return after.getOrDefault(key, 0L) - before.getOrDefault(key, 0L);
    }

    /** Returns how many calls were counted. */
    public long calls() {
        return v1 + v2;
    }

    /** Returns v1's share, 0 to 1; 0 when nothing was counted. */
    public double v1Share() {
        return calls() == 0 ? 0 : (double) v1 / calls();
    }

    /** Returns v2's share. */
    public double v2Share() {
        return calls() == 0 ? 0 : (double) v2 / calls();
    }

    /** Returns how far a share may be off: {@code 3.3 sqrt(p (1 - p) / n)}. */
    public double bound() {
        double p = v1Percent / 100.0;
        return calls() == 0 ? 0 : SIGMAS * Math.sqrt(p * (1 - p) / calls());
    }

    /** Returns whether enough calls were counted to judge. */
    public boolean enough() {
        return calls() >= atLeast;
    }

    /** Returns whether there were enough calls and their split is within the bound. */
    public boolean holds() {
        return enough() && Math.abs(v1Share() - v1Percent / 100.0) <= bound();
    }
}
