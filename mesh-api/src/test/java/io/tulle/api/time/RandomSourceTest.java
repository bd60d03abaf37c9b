package io.tulle.api.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomSourceTest {
    @Test
    void theLow32BitsAreSpreadOverTheBound() {
        assertThat(RandomSource.bounded(0, 10)).isZero();
        assertThat(RandomSource.bounded(0xFFFF_FFFFL, 10)).isEqualTo(9);
        assertThat(RandomSource.bounded(-1, Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE - 1);
        assertThat(RandomSource.bounded(0x7FFF_FFFFL, 2)).isZero();
        assertThat(RandomSource.bounded(0x8000_0000L, 2)).isEqualTo(1);
        assertThat(RandomSource.bounded(0xFFFF_FFFF_0000_0000L, 10))
                .as("high bits do not count")
                .isZero();
    }

    @Test
    void valuesAreUniform() {
        SplittableRandom random = new SplittableRandom(2);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[RandomSource.bounded(random.nextLong(), 7)]++;
        }
        assertThat(counts).satisfies(all -> {
            for (int count : all) {
                assertThat(count).isBetween(9_600, 10_400);
            }
        });
    }

    @Test
    void theSystemTickerNeverGoesBack() {
        Ticker ticker = Ticker.system();
        long first = ticker.nanos();
        assertThat(ticker.nanos() - first).isNotNegative();
    }
}
