package io.tulle.client.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void aFleetThatLostItsRegistryComesBackSpreadOverASecond() {
        int[] tenths = new int[10];
        SplittableRandom random = new SplittableRandom(7);
        for (int client = 0; client < 10_000; client++) {
            long wait = new Backoff(random::nextLong).failed(Long.MAX_VALUE);
            tenths[(int) (wait / Duration.ofMillis(100).toNanos())]++;
        }
        for (int count : tenths) {
            assertThat(count).isBetween(850, 1150);
        }
    }

    @Test
    void theBoundDoublesUpToSixteenSecondsAndStartsAnewAfterSuccess() {
        Backoff backoff = new Backoff(() -> -1L);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 16, 16}) {
            assertThat(Duration.ofNanos(backoff.failed(Long.MAX_VALUE)))
                    .isBetween(Duration.ofSeconds(seconds).minusMillis(1), Duration.ofSeconds(seconds));
        }
        backoff.succeeded();
        assertThat(backoff.failed(Long.MAX_VALUE))
                .isLessThan(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void nobodyWaitsLongerThanTheCallerCanBear() {
        Backoff backoff = new Backoff(() -> -1L);
        Duration most = Duration.ofMillis(2500);
        for (int failure = 0; failure < 6; failure++) {
            assertThat(Duration.ofNanos(backoff.failed(most.toNanos()))).isLessThan(most);
        }
    }
}
