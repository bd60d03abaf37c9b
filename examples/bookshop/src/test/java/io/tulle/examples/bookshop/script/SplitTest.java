package io.tulle.examples.bookshop.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SplitTest {
    @Test
    void boundIsThreePointThreeStandardDeviations() {
        assertThat(new Split(90, 1800, 200, 2000).bound()).isCloseTo(3.3 * Math.sqrt(0.9 * 0.1 / 2000), within(1e-12));
    }

    @Test
    void holdsUpToTheBoundAndNoFurther() {
        // 3.3 sqrt(0.25 / 2000) = 0.0369: 1073 of 2000 is 0.0365 off, 1075 is 0.0375 off
        assertThat(new Split(50, 1073, 927, 2000).holds()).isTrue();
        assertThat(new Split(50, 1075, 925, 2000).holds()).isFalse();
        assertThat(new Split(50, 925, 1075, 2000).holds()).isFalse();
    }

    @Test
    void allOrNothingAllowsNoStray() {
        assertThat(new Split(100, 5000, 0, 2000).holds()).isTrue();
        assertThat(new Split(100, 4999, 1, 2000).holds()).isFalse();
        assertThat(new Split(0, 1, 4999, 2000).holds()).isFalse();
    }

    @Test
    void isNotJudgedOnTooFewCalls() {
        Split split = new Split(50, 999, 1000, 2000);

        assertThat(split.enough()).isFalse();
        assertThat(split.holds()).isFalse();
    }

    @Test
    void isTheGrowthBetweenTwoReadingsOfCatalogAlone() {
        Map<String, Long> before = Map.of("catalog/v1", 100L, "reviews", 100L);
        Map<String, Long> after = Map.of("catalog/v1", 190L, "catalog/v2", 10L, "reviews", 900L);

        Split split = Split.between(before, after, 90, 100);

        assertThat(split.v1Share()).isEqualTo(0.9);
        assertThat(split.v2Share()).isEqualTo(0.1);
        assertThat(split.holds()).isTrue();
    }
}
