package io.tulle.core.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.core.fixture.Threads;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripedWindowTest {
    private static final String ORIGINS = "io.tulle.core.fixture.TestClock#origins";
    private static final long WIDTH = 1 << 20;
    private static final long WINDOW = 7 * WIDTH; // buckets of exactly one WIDTH

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void startsEmpty(long origin) {
        assertThat(new StripedWindow(WINDOW, origin).sums(origin)).isZero();
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void countsEventsAndFailures(long origin) {
        StripedWindow window = new StripedWindow(WINDOW, origin);
        window.record(false, origin);
        window.record(true, origin + WIDTH);
        window.record(true, origin + 2 * WIDTH);
        long sums = window.sums(origin + 2 * WIDTH);
        assertThat(StripedWindow.unpackTotal(sums)).isEqualTo(3);
        assertThat(StripedWindow.unpackFailures(sums)).isEqualTo(2);
        assertThat(window.total(origin + 2 * WIDTH)).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void anEventAtTheEndOfItsBucketCountsForExactlyTheWindow(long origin) {
        StripedWindow window = new StripedWindow(WINDOW, origin);
        long at = origin + WIDTH - 1;
        window.record(false, at);
        assertThat(window.total(at + WINDOW)).isEqualTo(1);
        assertThat(window.total(at + WINDOW + 1)).isZero();
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void anEventAtTheStartOfItsBucketCountsForOneBucketMore(long origin) {
        StripedWindow window = new StripedWindow(WINDOW, origin);
        window.record(false, origin);
        assertThat(window.total(origin + WINDOW + WIDTH - 1)).isEqualTo(1);
        assertThat(window.total(origin + WINDOW + WIDTH)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {1000, 1001, 65_537, 1_000_000, 1_000_000_000L, 10_000_000_000L, 60_000_000_000L, 600_000_000_000L})
    void coversAtLeastTheWindowAndLessThanTwoBucketsMore(long nanos) {
        SplittableRandom random = new SplittableRandom(nanos);
        long bucket = Long.highestOneBit(nanos / 7);
        for (int i = 0; i < 200; i++) {
            long origin = random.nextLong();
            StripedWindow window = new StripedWindow(nanos, origin);
            long at = origin + random.nextLong(100 * nanos);
            window.record(false, at);
            assertThat(window.total(at + nanos)).as("at the window's edge").isEqualTo(1);
            assertThat(window.total(at + nanos + 2 * bucket))
                    .as("two buckets later")
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void aSteadyRateIsReportedForEver(long origin) {
        StripedWindow window = new StripedWindow(WINDOW, origin);
        for (long bucket = 0; bucket < 70_000; bucket++) {
            window.record(bucket % 2 == 0, origin + bucket * WIDTH);
            if (bucket >= 7) {
                assertThat(window.sums(origin + bucket * WIDTH)).isEqualTo(4L << 32 | 8);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {65_535, 65_536, 65_537, 131_072})
    void anOldBucketDoesNotComeBackWhenItsEpochWraps(long buckets) {
        StripedWindow window = new StripedWindow(WINDOW, 0);
        window.record(true, 0);
        long now = buckets * WIDTH;
        assertThat(window.sums(now)).isZero();
        window.record(false, now);
        assertThat(window.sums(now)).isEqualTo(1);
    }

    @Test
    void aStripeThatFellSilentDoesNotComeBackWhileOthersGoOn() throws Exception {
        StripedWindow window = new StripedWindow(WINDOW, 0);
        Threads.together(2 * Stripes.COUNT, index -> window.record(true, 0));
        for (long bucket = 1; bucket <= 65_540; bucket++) {
            window.record(false, bucket * WIDTH);
            long expected = bucket < 8 ? 2L * Stripes.COUNT + bucket : 8;
            assertThat(window.total(bucket * WIDTH)).isEqualTo(expected);
        }
    }

    @Test
    void aLateEventCountsWhereItBelongs() {
        StripedWindow window = new StripedWindow(WINDOW, 0);
        window.record(false, 5 * WIDTH);
        window.record(false, 2 * WIDTH);
        assertThat(window.total(5 * WIDTH)).isEqualTo(2);
        assertThat(window.total(10 * WIDTH)).isEqualTo(1);
    }

    @Test
    void anEventThatIsATurnLateIsDropped() {
        StripedWindow window = new StripedWindow(WINDOW, 0);
        window.record(false, 20 * WIDTH);
        window.record(false, 4 * WIDTH);
        assertThat(window.total(20 * WIDTH)).isEqualTo(1);
        window.record(false, 5 * WIDTH);
        assertThat(window.total(5 * WIDTH)).isEqualTo(1);
    }

    @Test
    void readingThePastLeavesOutWhatCameLater() {
        StripedWindow window = new StripedWindow(WINDOW, 0);
        window.record(false, 0);
        window.record(false, 3 * WIDTH);
        assertThat(window.total(2 * WIDTH)).isEqualTo(1);
    }

    @Test
    void countsSaturateInsteadOfOverflowing() {
        StripedWindow window = new StripedWindow(WINDOW, 0);
        int most = (1 << 24) - 1;
        for (int i = 0; i < most + 10; i++) {
            window.record(true, 0);
        }
        long sums = window.sums(0);
        assertThat(StripedWindow.unpackTotal(sums)).isEqualTo(most);
        assertThat(StripedWindow.unpackFailures(sums)).isEqualTo(most);
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void threadsLoseNothing(long origin) throws Exception {
        StripedWindow window = new StripedWindow(WINDOW, origin);
        int threads = 8;
        int each = 7_000;
        Threads.together(threads, index -> {
            for (int i = 0; i < each; i++) {
                window.record(i % 7 == 0, origin + i * (WINDOW / each));
            }
        });
        assertThat(window.sums(origin + WINDOW)).isEqualTo((long) threads * each / 7 << 32 | (long) threads * each);
    }

    @Test
    void aWindowTooShortToCutIsRefused() {
        assertThatThrownBy(() -> new StripedWindow(999, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("windowNanos: 999 (expected: at least 1000)");
    }

    @Test
    void thereIsAPowerOfTwoOfStripesAndEveryThreadHasOne() throws Exception {
        assertThat(Integer.bitCount(Stripes.COUNT)).isEqualTo(1);
        assertThat(Stripes.COUNT).isBetween(2, 16);
        Threads.together(32, index -> assertThat(Stripes.current()).isBetween(0, Stripes.COUNT - 1));
    }
}
