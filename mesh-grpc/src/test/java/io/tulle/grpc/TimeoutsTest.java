package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeoutsTest {
    private final Timeouts timeouts = new Timeouts();

    @Test
    void theLastTextIsKept() {
        String first = timeouts.of("15000");

        assertThat(timeouts.of("15000")).isEqualTo("15000m").isSameAs(first);
    }

    @Test
    void anotherTimeHasItsOwnText() {
        timeouts.of("15000");

        assertThat(timeouts.of("14999")).isEqualTo("14999m");
        assertThat(timeouts.of("100000000")).isEqualTo("100001S");
        assertThat(timeouts.of("15000")).isEqualTo("15000m");
    }
}
