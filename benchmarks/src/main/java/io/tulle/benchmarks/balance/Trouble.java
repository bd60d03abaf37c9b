package io.tulle.benchmarks.balance;

/** What is wrong with the fleet, or with the load on it. Server 3 is the bad one where there is one. */
enum Trouble {
    /** Nothing. */
    NONE,
    /** One server takes ten times as long. */
    SLOW_10X,
    /** One server answers 503 after half a millisecond. */
    FAILS_FAST,
    /** One server takes requests and never answers. */
    SWALLOWS,
    /** One server freezes for half a second in every three. */
    STALLS,
    /** Every other server takes twice as long. */
    HALF_TWICE_AS_SLOW,
    /** One server takes ten times as long and is healed after ten seconds. */
    HEALS,
    /** Nothing is wrong with the servers; four times the mean rate for 50 ms twice a second. */
    BURSTS;

    static final int BAD = 3;

    /** Returns how much longer than normal {@code server} takes at {@code now}. */
    double slowness(int server, long now) {
        return switch (this) {
            case SLOW_10X -> server == BAD ? 10 : 1;
            case HEALS -> server == BAD && now < Simulation.HEALED_AT ? 10 : 1;
            case HALF_TWICE_AS_SLOW -> server % 2 == 1 ? 2 : 1;
            default -> 1;
        };
    }

    boolean strikes(int server) {
        return server == BAD;
    }
}
