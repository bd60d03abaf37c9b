package io.tulle.benchmarks.macro;

/**
 * How much is measured.
 *
 * @param rounds how often all rows are measured, one after the other
 * @param roundsPerClient after how many of them the clients are replaced by fresh ones: what a JVM's compiler makes of a program differs from start to start
 * @param warmup what a fresh client begins with
 * @param closed what is measured with each thread calling again as soon as it is answered
 * @param paced what is measured at a fixed rate
 */
record Effort(int rounds, int roundsPerClient, Warmup warmup, Slice closed, Slice paced) {
    /** Published figures ask for at least this many rounds. */
    static final int ENOUGH_ROUNDS = 20;

    private static final int RATE = 2000;

    static Effort full(int rounds) {
        return new Effort(rounds, 5, new Warmup(5, 30, 150_000), new Slice(200, 1200, 0), new Slice(200, 1200, RATE));
    }

    static Effort quick(int rounds) {
        return new Effort(rounds, rounds, new Warmup(2, 8, 30_000), new Slice(100, 400, 0), new Slice(100, 400, RATE));
    }

    /**
     * How long a client warms up: some calls, because on a busy machine a time says nothing, and some time, because compilers take theirs.
     *
     * @param least seconds that it lasts at least
     * @param most seconds after which it ends in any case
     * @param calls how many calls must be answered
     */
    record Warmup(int least, int most, int calls) {
        /** The second by which it is told. */
        static final Slice SECOND = new Slice(0, 1000, 0);

        boolean enough(int seconds, double answered) {
            return seconds >= most || (seconds >= least && answered >= calls);
        }
    }
}
