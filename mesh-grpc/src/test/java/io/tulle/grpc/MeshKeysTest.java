package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshKeysTest {
    @ParameterizedTest
    @ValueSource(strings = {"x-mesh-attempt", "traceparent", "tracestate", "baggage"})
    void theKeyOfWhatCallsPassOnIsMadeOnce(String name) {
        assertThat(MeshKeys.of(name)).isSameAs(MeshKeys.of(String.valueOf(name.toCharArray())));
        assertThat(MeshKeys.of(name).name()).isEqualTo(name);
    }

    @Test
    void anyOtherNameHasAKeyToo() {
        assertThat(MeshKeys.of("X-Canary")).isEqualTo(Metadata.Key.of("x-canary", Metadata.ASCII_STRING_MARSHALLER));
    }
}
