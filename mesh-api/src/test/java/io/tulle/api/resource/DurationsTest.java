package io.tulle.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0s, 0",
        "0ms, 0",
        "250ms, 250",
        "2s, 2000",
        "1m30s, 90000",
        "1h, 3600000",
        "1h2m3s4ms, 3723004",
        "99999ms, 99999",
        "90m, 5400000",
        "1h5ms, 3600005",
        "007s, 7000"
    })
    void parsesTheGrammarOfTheGatewayApi(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "s",
                "1.5s",
                "-1s",
                "1s1m",
                "1s 1ms",
                "100000ms",
                "1S",
                "1d",
                "1us",
                "1s1s",
                "ms",
                "١s"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' (expected: a duration such as 250ms, 2s or 1m30s)");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ms",
        "1000, 1s",
        "60000, 1m",
        "3600000, 1h",
        "3723004, 1h2m3s4ms",
        "90000, 1m30s",
        "86400000, 24h",
        "-5, -5ms",
        "-90000, -1m30s"
    })
    void formatsTheShortestText(long millis, String text) {
        assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void partsBelowAMillisecondAreDropped() {
        assertThat(Durations.format(Duration.ofNanos(1_999_999))).isEqualTo("1ms");
        assertThat(Durations.format(Duration.ofNanos(999_999))).isEqualTo("0s");
    }

    @Test
    void whatIsFormattedParsesToTheSame() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2000; i++) {
            Duration duration = Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 38)));
            assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
        }
    }
}
