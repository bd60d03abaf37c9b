package io.tulle.benchmarks.balance;

import java.util.Locale;

/**
 * What we promise about a scenario.
 *
 * @param variant for which client
 * @param figure about what
 * @param atLeast whether {@code limit} is a lower bound; otherwise it is an upper one
 * @param limit the bound
 */
record Promise(Variant variant, Figure figure, boolean atLeast, double limit) {
    static Promise atMost(Variant variant, Figure figure, double limit) {
        return new Promise(variant, figure, false, limit);
    }

    static Promise atLeast(Variant variant, Figure figure, double limit) {
        return new Promise(variant, figure, true, limit);
    }

    boolean kept(Spread spread) {
        double value = figure.of(spread);
        return atLeast ? value >= limit : value <= limit;
    }

    /** Returns {@code p99 <= 30}. */
    String text() {
        String bound = limit == Math.rint(limit) ? String.format(Locale.ROOT, "%.0f", limit) : Double.toString(limit);
        return figure.title() + (atLeast ? " >= " : " <= ") + bound;
    }
}
