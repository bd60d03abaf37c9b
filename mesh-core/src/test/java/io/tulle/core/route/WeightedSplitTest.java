package io.tulle.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.core.fixture.Threads;
import io.tulle.core.window.Stripes;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WeightedSplitTest {
    /** n x discrepancy of the golden ratio's Weyl sequence stays below this for the n of these tests. */
    private static final double BOUND = 6;

    @Test
    void everyPrefixIsCloseToItsShare() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 200; round++) {
            int[] weights = random.ints(random.nextInt(2, 7), 0, 1000).toArray();
            weights[random.nextInt(weights.length)] = 1 + random.nextInt(1000);
            assertCloseToShares(weights, random.nextLong());
        }
    }

    @Test
    void extremeWeightsKeepTheirShares() {
        assertCloseToShares(new int[] {1, 1_000_000}, 3);
        assertCloseToShares(new int[] {1_000_000, 1}, 4);
        assertCloseToShares(new int[] {90, 10}, 5);
        assertCloseToShares(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 6);
        assertCloseToShares(new int[] {0, 0, 5, 0, 5, 0}, 7);
    }

    private static void assertCloseToShares(int[] weights, long seed) {
        WeightedSplit split = new WeightedSplit(weights, seed);
        double sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        int[] counts = new int[weights.length];
        for (int n = 1; n <= 5000; n++) {
            counts[split.next()]++;
            for (int i = 0; i < weights.length; i++) {
                double off = Math.abs(counts[i] - (double) n * weights[i] / sum);
                if (off > BOUND || weights[i] == 0 && counts[i] > 0) {
                    assertThat(off)
                            .as("weight %s of %s after %s calls, seed %s", weights[i], sum, n, seed)
                            .isLessThan(BOUND);
                    assertThat(counts[i]).as("calls to weight 0").isZero();
                }
            }
        }
    }

    @Test
    void aSingleDestinationTakesEverything() {
        WeightedSplit split = new WeightedSplit(new int[] {7}, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(split.next()).isZero();
        }
    }

    @Test
    void weightZeroIsNotChosenEvenAtTheVeryEndOfTheInterval() {
        for (int stripe = 0; stripe < Stripes.COUNT; stripe++) {
            long last = -1 - stripe * 0xD1B54A32D192ED03L; // the stripe's first position is 2^64 - 1
            assertThat(new WeightedSplit(new int[] {1, 0}, last).next()).isZero();
            assertThat(new WeightedSplit(new int[] {1, 1, 0, 0}, last).next()).isBetween(0, 1);
            assertThat(new WeightedSplit(new int[] {0, 1}, last + 1).next()).isEqualTo(1);
        }
    }

    @Test
    void threadsTogetherKeepTheShares() throws Exception {
        WeightedSplit split = new WeightedSplit(new int[] {90, 10}, 42);
        AtomicIntegerArray counts = new AtomicIntegerArray(2);
        int each = 20_000;
        Threads.together(4, index -> {
            for (int i = 0; i < each; i++) {
                counts.incrementAndGet(split.next());
            }
        });
        assertThat(Math.abs(counts.get(1) - 4 * each * 0.1)).isLessThan(BOUND * 4);
        assertThat(counts.get(0) + counts.get(1)).isEqualTo(4 * each);
    }

    @Test
    void processesDoNotMoveInStep() {
        SplittableRandom seeds = new SplittableRandom(9);
        int first = 0;
        for (int i = 0; i < 1000; i++) {
            first += new WeightedSplit(new int[] {1, 1}, seeds.nextLong()).next();
        }
        assertThat(first).isBetween(400, 600);
    }
}
