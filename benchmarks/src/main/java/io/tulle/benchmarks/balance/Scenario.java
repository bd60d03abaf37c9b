package io.tulle.benchmarks.balance;

import static io.tulle.benchmarks.balance.Figure.ERROR_PERCENT;
import static io.tulle.benchmarks.balance.Figure.P999_MS;
import static io.tulle.benchmarks.balance.Figure.P99_MS;
import static io.tulle.benchmarks.balance.Figure.SHARE_PERCENT;
import static io.tulle.benchmarks.balance.Promise.atLeast;
import static io.tulle.benchmarks.balance.Promise.atMost;
import static io.tulle.benchmarks.balance.Variant.OURS;
import static io.tulle.benchmarks.balance.Variant.OURS_WITH_RETRIES;

import java.util.Arrays;
import java.util.List;

/** A fleet of ten servers, its clients, and what goes wrong. The names are stable: published figures are found by them. */
public enum Scenario {
    /** All is well. */
    UNIFORM("uniform", Trouble.NONE, Load.USUAL, atMost(OURS, P99_MS, 29)),
    /** All is well, but there is little room: where choosing at random is weakest. */
    UNIFORM_TIGHT("uniform-tight", Trouble.NONE, Load.TIGHT, atMost(OURS, P99_MS, 44)),
    /** One of ten servers is ten times slower. */
    SLOW_10X("slow10x", Trouble.SLOW_10X, Load.USUAL, atMost(OURS, P99_MS, 30), atMost(OURS, ERROR_PERCENT, 0)),
    /** The same, seen by 50 clients with little traffic each. */
    SLOW_10X_SPARSE(
            "slow10x-50", Trouble.SLOW_10X, Load.SPARSE, atMost(OURS, P99_MS, 31), atMost(OURS, ERROR_PERCENT, 0)),
    /** One of ten servers fails at once. */
    FAST_FAIL(
            "fastfail",
            Trouble.FAILS_FAST,
            Load.USUAL,
            atMost(OURS, ERROR_PERCENT, 0.05),
            atMost(OURS_WITH_RETRIES, ERROR_PERCENT, 0)),
    /** One of ten servers swallows requests. */
    BLACK_HOLE(
            "blackhole",
            Trouble.SWALLOWS,
            Load.USUAL,
            atMost(OURS, ERROR_PERCENT, 0.1),
            atMost(OURS_WITH_RETRIES, ERROR_PERCENT, 0)),
    /** One of ten servers freezes now and then. */
    STALL("stall", Trouble.STALLS, Load.USUAL, atMost(OURS, P999_MS, 42)),
    /** Traffic comes in bursts. */
    BURST("burst", Trouble.BURSTS, Load.USUAL, atMost(OURS, P99_MS, 84)),
    /** Half of the fleet is twice as slow. */
    HETERO_2X("hetero2x", Trouble.HALF_TWICE_AS_SLOW, Load.USUAL, atMost(OURS, P99_MS, 46)),
    /** A slow server is healed; what is measured begins ten seconds later. */
    RECOVER("recover", Trouble.HEALS, Load.USUAL, atLeast(OURS, SHARE_PERCENT, 8.5));

    private final String title;
    private final Trouble trouble;
    private final Load load;
    private final List<Promise> promises;

    Scenario(String title, Trouble trouble, Load load, Promise... promises) {
        this.title = title;
        this.trouble = trouble;
        this.load = load;
        this.promises = List.of(promises);
    }

    /** Returns the scenario's name. */
    public String title() {
        return title;
    }

    /** Returns the names of all scenarios. */
    public static List<String> titles() {
        return Arrays.stream(values()).map(Scenario::title).toList();
    }

    Trouble trouble() {
        return trouble;
    }

    Load load() {
        return load;
    }

    List<Promise> promises() {
        return promises;
    }
}
