package io.tulle.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EstimateTest {
    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheTwoMiddles() {
        assertThat(Estimate.median(3, 1, 2)).isEqualTo(2);
        assertThat(Estimate.median(4, 1, 2, 3)).isEqualTo(2.5);
    }

    @Test
    void oneValueHasNoInterval() {
        assertThat(Estimate.of(5)).isEqualTo(new Estimate(5, 5, 5));
    }

    @Test
    void theIntervalCoversTheTrueMedianInAboutNineteenOfTwentyCases() {
        Random random = new Random(7);
        int covered = 0;
        int trials = 400;
        for (int i = 0; i < trials; i++) {
            Estimate estimate = Estimate.of(random.doubles(25).toArray());
            covered += estimate.low() <= 0.5 && estimate.high() >= 0.5 ? 1 : 0;
        }

        assertThat((double) covered / trials).isCloseTo(0.95, within(0.04));
    }

    @Test
    void nothingMeasuredIsAnError() {
        assertThatThrownBy(Estimate::of)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("values");
    }
}
