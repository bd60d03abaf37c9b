package io.tulle.api.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.time.Instants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshHeadersTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1000000",
        "250, 250000000",
        "007, 7000000",
        "0, 0",
        "-3, -3000000",
        "999999999999, 999999999999000000"
    })
    void aTimeoutIsAWholeNumberOfMilliseconds(String text, long nanos) {
        assertThat(MeshHeaders.timeoutNanos(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "-", "+1", "1.5", "1s", " 1", "1,1", "1000000000000", "-1000000000000", "٣", "NaN"})
    void anythingElseIsNoTimeout(String text) {
        assertThat(MeshHeaders.timeoutNanos(text)).isEqualTo(Instants.NEVER);
    }

    @Test
    void aDenialSaysItsReasonAndStatus() {
        assertThat(Denial.EXPIRED.reason() + " " + Denial.EXPIRED.status()).isEqualTo("expired 504");
        assertThat(Denial.OVERLOADED.reason() + " " + Denial.OVERLOADED.status())
                .isEqualTo("overloaded 503");
    }
}
