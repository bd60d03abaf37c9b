package io.tulle.client.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FullJitterTest {
    private static final long ALWAYS = Duration.ofMinutes(1).toNanos();

    /** Returns the longest waits that six failures in a row lead to, in whole seconds. */
    private static List<Long> longestSeconds(long most) {
        Backoff backoff = new Backoff(() -> -1L);
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            seconds.add(Math.round(backoff.failed(most) / 1e9));
        }
        return seconds;
    }

    @Test
    void theBoundDoublesUpToSixteenSeconds() {
        assertThat(longestSeconds(ALWAYS)).containsExactly(1L, 2L, 4L, 8L, 16L, 16L);
    }

    @Test
    void nobodyWaitsLongerThanTheCallerCanBear() {
        assertThat(longestSeconds(Duration.ofSeconds(5).toNanos())).containsExactly(1L, 2L, 4L, 5L, 5L, 5L);
    }

    @Test
    void successBeginsAnew() {
        Backoff backoff = new Backoff(() -> -1L);
        backoff.failed(ALWAYS);
        backoff.failed(ALWAYS);
        backoff.succeeded();

        assertThat(backoff.failed(ALWAYS)).isLessThan(Duration.ofSeconds(1).toNanos());
    }
}
