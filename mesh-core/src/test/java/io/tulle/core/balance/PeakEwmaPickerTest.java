package io.tulle.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.time.RandomSource;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeakEwmaPickerTest {
    private static final long MILLI = 1_000_000L;
    private final Decay decay = new Decay(10_000 * MILLI);
    private final SplittableRandom random = new SplittableRandom(11);

    private static EndpointLoad[] loads(int count) {
        return IntStream.range(0, count).mapToObj(i -> new EndpointLoad()).toArray(EndpointLoad[]::new);
    }

    private static int[] weights(int count) {
        int[] weights = new int[count];
        Arrays.fill(weights, 100);
        return weights;
    }

    private PeakEwmaPicker picker(EndpointLoad... loads) {
        return new PeakEwmaPicker(loads, weights(loads.length), decay);
    }

    private int[] counts(Picker picker, int size, int draws) {
        int[] counts = new int[size];
        for (int i = 0; i < draws; i++) {
            counts[picker.pick(random::nextLong, 0)]++;
        }
        return counts;
    }

    @Test
    void aSingleEndpointNeedsNoDraw() {
        RandomSource none = () -> {
            throw new AssertionError("drawn");
        };
        assertThat(picker(loads(1)).pick(none, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10, 64})
    void theWorstEndpointIsNeverPickedBecauseItIsNeverComparedWithItself(int size) {
        for (int worst = 0; worst < size; worst++) {
            EndpointLoad[] loads = loads(size);
            for (EndpointLoad load : loads) {
                load.observe(MILLI, 0, decay);
            }
            loads[worst].observe(2 * MILLI, 0, decay);
            assertThat(counts(picker(loads), size, 500)[worst]).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 10})
    void equalLoadsArePickedUniformly(int size) {
        int draws = 100_000;
        int[] counts = counts(picker(loads(size)), size, draws);
        double expected = (double) draws / size;
        double chiSquare = IntStream.of(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        double[] critical = {0, 10.83, 13.82, 16.27, 18.47, 20.52, 22.46, 24.32, 26.12, 27.88}; // p = 0.001
        assertThat(chiSquare).isLessThan(critical[size - 1]);
    }

    @Test
    void theBestIsPickedWheneverItIsDrawn() {
        int size = 10;
        EndpointLoad[] loads = loads(size);
        for (EndpointLoad load : loads) {
            load.observe(10 * MILLI, 0, decay);
        }
        loads[3] = new EndpointLoad();
        loads[3].observe(MILLI, 0, decay);
        assertThat(counts(picker(loads), size, 100_000)[3] / 100_000.0).isBetween(0.19, 0.21); // 2 of 10
    }

    @Test
    void whatIsInFlightCounts() {
        EndpointLoad[] loads = loads(2);
        loads[0].observe(2 * MILLI, 0, decay);
        loads[1].observe(3 * MILLI, 0, decay);
        assertThat(counts(picker(loads), 2, 100)).containsExactly(100, 0);
        loads[0].begin();
        assertThat(counts(picker(loads), 2, 100)).containsExactly(0, 100);
    }

    @Test
    void aHeavierEndpointMayCostMore() {
        EndpointLoad[] loads = loads(2);
        loads[0].observe(3 * MILLI, 0, decay);
        loads[1].observe(MILLI, 0, decay);
        assertThat(counts(new PeakEwmaPicker(loads, new int[] {400, 100}, decay), 2, 100))
                .containsExactly(100, 0);
        assertThat(counts(new PeakEwmaPicker(loads, new int[] {200, 100}, decay), 2, 100))
                .containsExactly(0, 100);
    }

    @Test
    void anUnknownEndpointGetsOneCallAtATime() {
        EndpointLoad[] loads = loads(3);
        loads[0].observe(MILLI, 0, decay);
        loads[1].observe(MILLI, 0, decay);
        int[] counts = new int[3];
        for (int i = 0; i < 300; i++) {
            int index = picker(loads).pick(random::nextLong, 0);
            counts[index]++;
            if (index == 2) {
                loads[2].begin(); // it never answers
            }
        }
        assertThat(counts[2]).isEqualTo(1);
    }

    @Test
    void laterChangesOfTheGivenArrayHaveNoEffect() {
        EndpointLoad[] loads = loads(2);
        loads[0].observe(2 * MILLI, 0, decay);
        loads[1].observe(MILLI, 0, decay);
        PeakEwmaPicker picker = picker(loads);
        loads[0] = new EndpointLoad();
        assertThat(counts(picker, 2, 100)).containsExactly(0, 100);
    }
}
