package io.tulle.benchmarks.macro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    @Test
    void withoutARateTheNextCallIsDueAtOnce() {
        long now = System.nanoTime();

        assertThat(Pace.of(0, now - 1000 * MILLI, 3).awaitTurn()).isGreaterThanOrEqualTo(now);
    }

    @Test
    void aCallThatWaitedForTheOneBeforeItIsTimedFromWhenItWasDue() {
        long start = System.nanoTime() - 1000 * MILLI;
        Pace pace = Pace.of(2000, start, 2);

        assertThat(pace.awaitTurn()).isEqualTo(start + MILLI); // the third of 16 threads, half a millisecond each
        assertThat(pace.awaitTurn()).isEqualTo(start + 9 * MILLI);
    }

    @Test
    void aCallIsNotBegunBeforeItIsDue() {
        long start = System.nanoTime() + 30 * MILLI;

        assertThat(Pace.of(2000, start, 0).awaitTurn()).isGreaterThanOrEqualTo(start);
    }
}
