package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private final Response.Builder response = new Response.Builder()
            .request(new Request.Builder().url("http://catalog/").build())
            .protocol(Protocol.HTTP_1_1)
            .code(503)
            .message("busy");

    @Test
    void readsSeconds() {
        assertThat(RetryAfter.nanos(response.header("Retry-After", "3").build()))
                .isEqualTo(Duration.ofSeconds(3).toNanos());
        assertThat(RetryAfter.nanos(response.header("Retry-After", "0").build()))
                .isZero();
    }

    @Test
    void readsADateRelativeToTheServersClock() {
        response.header("Date", "Tue, 15 Nov 1994 12:45:26 GMT");

        assertThat(RetryAfter.nanos(response.header("Retry-After", "Tue, 15 Nov 1994 12:45:31 GMT")
                        .build()))
                .isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(RetryAfter.nanos(response.header("Retry-After", "Tue, 15 Nov 1994 12:45:00 GMT")
                        .build()))
                .isZero();
    }

    @Test
    void readsADateRelativeToItsArrivalWithoutTheServersClock() {
        response.receivedResponseAtMillis(784_903_526_000L); // Tue, 15 Nov 1994 12:45:26 GMT

        assertThat(RetryAfter.nanos(response.header("Retry-After", "Tue, 15 Nov 1994 12:45:31 GMT")
                        .build()))
                .isEqualTo(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void takesThirtyYearsForNever() {
        assertThat(RetryAfter.nanos(
                        response.header("Retry-After", "99999999999999999999").build()))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void zerosBeforeANumberSayNothing() {
        assertThat(RetryAfter.nanos(
                        response.header("Retry-After", "00000000007").build()))
                .isEqualTo(Duration.ofSeconds(7).toNanos());
        assertThat(RetryAfter.nanos(
                        response.header("Retry-After", "00000000000").build()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "1 s"})
    void ignoresWhatItCannotRead(String value) {
        assertThat(RetryAfter.nanos(response.header("Retry-After", value).build()))
                .isEqualTo(-1);
    }

    @Test
    void asksForNothingWithoutTheHeader() {
        assertThat(RetryAfter.nanos(response.build())).isEqualTo(-1);
    }
}
