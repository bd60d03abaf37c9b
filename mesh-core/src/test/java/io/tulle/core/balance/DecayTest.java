package io.tulle.core.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecayTest {
    private static final long CONSTANT = 10_000_000_000L;
    private final Decay decay = new Decay(CONSTANT);

    @Test
    void isWithinOnePercentOfTheExponentialUpToTwo() {
        for (double x = 0.01; x <= 2; x += 0.001) {
            double exact = Math.exp(-x);
            assertThat(decay.factor((long) (x * CONSTANT))).as("x = %s", x).isCloseTo(exact, within(0.01 * exact));
        }
    }

    @Test
    void isWithinTwentyPercentOfTheExponentialUpToFive() {
        for (double x = 2; x <= 5; x += 0.001) {
            double exact = Math.exp(-x);
            assertThat(decay.factor((long) (x * CONSTANT))).as("x = %s", x).isCloseTo(exact, within(0.2 * exact));
        }
        assertThat(decay.factor(5 * CONSTANT)).isLessThan(0.01);
    }

    @Test
    void neverRises() {
        double former = 1;
        for (double x = -1; x < 50; x += 0.01) {
            double factor = decay.factor((long) (x * CONSTANT));
            assertThat(factor).isBetween(0.0, former);
            former = factor;
        }
    }

    @Test
    void negligibleTimesAreNotDecayed() {
        assertThat(decay.factor(CONSTANT >> 10)).isEqualTo(1);
        assertThat(decay.factor((CONSTANT >> 10) + 1)).isLessThan(1).isGreaterThan(0.999);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -CONSTANT, Long.MIN_VALUE})
    void timesThatAreNotPositiveAreNotDecayed(long elapsed) {
        assertThat(decay.factor(elapsed)).isEqualTo(1);
    }

    @Test
    void nothingIsLeftInTheEnd() {
        assertThat(decay.factor(Long.MAX_VALUE)).isBetween(0.0, 1e-30);
        assertThat(new Decay(1).factor(Long.MAX_VALUE)).isBetween(0.0, 1e-60);
    }
}
