package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.tulle.api.call.MeshHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptMetadataTest {
    private final Metadata application = new Metadata();
    private final Metadata stream = new Metadata();
    private final AttemptMetadata attempt = new AttemptMetadata(application, stream, new Timeouts());

    @ParameterizedTest
    @CsvSource({
        "1, 1m",
        "15000, 15000m",
        "99999999, 99999999m",
        "100000000, 100001S",
        "9223372036855, 99999999S",
    })
    void timeIsSaidInAtMostEightDigits(String millis, String timeout) {
        attempt.set(MeshHeaders.TIMEOUT_MS, millis);

        assertThat(stream.get(MeshKeys.TIMEOUT)).isEqualTo(timeout);
        assertThat(stream.keys()).containsExactly("grpc-timeout");
    }

    @Test
    void whatTheApplicationHasSetStaysButForTheTime() {
        Metadata.Key<String> trace = MeshKeys.of(MeshHeaders.TRACEPARENT);
        application.put(trace, "own");
        application.put(MeshKeys.TIMEOUT, "1H");
        stream.merge(application);

        attempt.set(MeshHeaders.TRACEPARENT, "other");
        attempt.set(MeshHeaders.TIMEOUT_MS, "20");

        assertThat(stream.getAll(trace)).containsExactly("own");
        assertThat(stream.getAll(MeshKeys.TIMEOUT)).containsExactly("20m");
    }

    @Test
    void theStateOfATraceGoesOnWithItAndNotWithTheApplicationsOwn() {
        attempt.set(MeshHeaders.TRACEPARENT, "inbound");
        attempt.set(MeshHeaders.TRACESTATE, "vendor=inbound");
        assertThat(stream.get(MeshKeys.of(MeshHeaders.TRACESTATE))).isEqualTo("vendor=inbound");

        Metadata.Key<String> trace = MeshKeys.of(MeshHeaders.TRACEPARENT);
        application.put(trace, "own");
        Metadata next = AttemptMetadata.of(application);
        AttemptMetadata owned = new AttemptMetadata(application, next, new Timeouts());
        owned.set(MeshHeaders.TRACEPARENT, "inbound");
        owned.set(MeshHeaders.TRACESTATE, "vendor=inbound");

        assertThat(next.getAll(trace)).containsExactly("own");
        assertThat(next.keys()).containsExactly("traceparent");
    }

    @Test
    void whatWasSaidOfAnotherCallDoesNotGoOn() {
        Metadata.Key<String> own = MeshKeys.of("x-own");
        application.put(own, "1");
        application.put(MeshKeys.ATTEMPT, "7");
        application.put(MeshKeys.TIMEOUT, "1H");
        application.put(MeshKeys.TIMEOUT_MS, "1");

        assertThat(AttemptMetadata.of(application).keys()).containsExactly("x-own");
        attempt.set(MeshHeaders.ATTEMPT, "2");
        assertThat(stream.getAll(MeshKeys.ATTEMPT)).containsExactly("2");
        assertThat(application.get(MeshKeys.ATTEMPT)).isEqualTo("7");
    }

    @Test
    void headersThatHaveItAlreadyHaveItOnce() {
        attempt.set(MeshHeaders.ATTEMPT, "2");
        attempt.set(MeshHeaders.ATTEMPT, "3");

        assertThat(stream.getAll(MeshKeys.of(MeshHeaders.ATTEMPT))).containsExactly("3");
    }
}
