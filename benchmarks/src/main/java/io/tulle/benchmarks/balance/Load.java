package io.tulle.benchmarks.balance;

/**
 * How much is asked of the fleet.
 *
 * @param clients how many, each of which sees only its own calls
 * @param workers how many requests a server works on at once; the others wait
 * @param utilisation of the fleet, were all of it healthy
 */
record Load(int clients, int workers, double utilisation) {
    static final Load USUAL = new Load(5, 8, 0.6);
    static final Load SPARSE = new Load(50, 8, 0.6);
    static final Load TIGHT = new Load(5, 2, 0.85);
}
