package io.tulle.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.time.RandomSource;
import io.tulle.core.fixture.Threads;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundRobinPickerTest {
    private static final int FULL = 65_535;
    private static final RandomSource NONE = () -> {
        throw new AssertionError("drawn");
    };

    private static int[] scaled(int... weights) {
        int heaviest = IntStream.of(weights).max().orElseThrow();
        return IntStream.of(weights)
                .map(weight -> (int) Math.max(1, Math.round((double) weight * FULL / heaviest)))
                .toArray();
    }

    private static int[] counts(RoundRobinPicker picker, int size, int picks) {
        int[] counts = new int[size];
        for (int i = 0; i < picks; i++) {
            counts[picker.pick(NONE, 0)]++;
        }
        return counts;
    }

    @Test
    void overAFullCycleEveryEndpointGetsExactlyItsWeight() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 20; round++) {
            int[] weights = random.ints(random.nextInt(2, 8), 1, 1001).toArray();
            int[] scaled = scaled(weights);
            RoundRobinPicker picker = new RoundRobinPicker(weights, new AtomicInteger(random.nextInt(1 << 30)));
            assertThat(counts(picker, weights.length, IntStream.of(scaled).sum()))
                    .as("%s", Arrays.toString(weights))
                    .containsExactly(scaled);
        }
    }

    @Test
    void shortRunsAreInProportionToo() {
        int[] counts = counts(new RoundRobinPicker(new int[] {1, 2, 3}, new AtomicInteger(77)), 3, 600);
        assertThat(counts[0]).isBetween(99, 101);
        assertThat(counts[1]).isBetween(199, 201);
        assertThat(counts[2]).isBetween(299, 301);
    }

    @Test
    void aHeavyEndpointComesInNoBursts() {
        RoundRobinPicker picker = new RoundRobinPicker(new int[] {100, 900}, new AtomicInteger(12_345));
        int run = 0;
        int longest = 0;
        int shortest = Integer.MAX_VALUE;
        for (int i = 0; i < 2 * FULL; i++) {
            if (picker.pick(NONE, 0) == 1) {
                run++;
            } else {
                longest = Math.max(longest, run);
                shortest = i > 20 ? Math.min(shortest, run) : shortest; // the first run was cut
                run = 0;
            }
        }
        assertThat(longest).isLessThanOrEqualTo(9);
        assertThat(shortest).isGreaterThanOrEqualTo(8);
    }

    @Test
    void neighboursOfEqualWeightAreNotSkippedTogether() {
        RoundRobinPicker picker = new RoundRobinPicker(new int[] {50, 50, 100}, new AtomicInteger(0));
        int both = 0;
        int former = -1;
        for (int i = 0; i < 1000; i++) {
            int index = picker.pick(NONE, 0);
            both += former == 0 && index == 1 ? 1 : 0;
            former = index;
        }
        assertThat(both).as("light ones directly after each other").isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void equalWeightsArePlainRoundRobin(int weight) {
        RoundRobinPicker picker = new RoundRobinPicker(new int[] {weight, weight, weight}, new AtomicInteger(4));
        for (int i = 0; i < 30; i++) {
            assertThat(picker.pick(NONE, 0)).isEqualTo((i + 4) % 3);
        }
    }

    @Test
    void aSingleEndpointIsAlwaysPicked() {
        assertThat(counts(new RoundRobinPicker(new int[] {3}, new AtomicInteger(-5)), 1, 10))
                .containsExactly(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, Integer.MAX_VALUE - 3, Integer.MIN_VALUE})
    void theSequenceMayOverflow(int start) {
        assertThat(counts(new RoundRobinPicker(new int[] {1, 1, 1, 1}, new AtomicInteger(start)), 4, 40))
                .containsExactly(10, 10, 10, 10);
        int[] weighted = counts(new RoundRobinPicker(new int[] {1, 3}, new AtomicInteger(start)), 2, 400);
        assertThat(weighted[0]).isBetween(98, 102);
    }

    @Test
    void negativeStartsAreLargeTurnsNotNegativeOnes() {
        RoundRobinPicker picker = new RoundRobinPicker(new int[] {1, 1, 1}, new AtomicInteger(-2));
        assertThat(IntStream.range(0, 5).map(i -> picker.pick(NONE, 0))).containsExactly(2, 0, 0, 1, 2);
    }

    @Test
    void theLightestIsNotForgotten() {
        assertThat(counts(new RoundRobinPicker(new int[] {1, 100_000_000}, new AtomicInteger(0)), 2, 2 * FULL)[0])
                .isPositive();
    }

    @Test
    void threadsTogetherKeepTheProportion() throws Exception {
        int[] weights = {1, 2, 4};
        int[] scaled = scaled(weights);
        RoundRobinPicker picker = new RoundRobinPicker(weights, new AtomicInteger(0));
        AtomicIntegerArray counts = new AtomicIntegerArray(3);
        int each = IntStream.of(scaled).sum() / 4;
        Threads.together(4, index -> {
            for (int i = 0; i < each; i++) {
                counts.incrementAndGet(picker.pick(NONE, 0));
            }
        });
        for (int i = 0; i < 3; i++) {
            assertThat(counts.get(i)).isBetween(scaled[i] - 8, scaled[i] + 8);
        }
    }
}
