package io.tulle.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceHostTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "db-1.shop.svc.cluster.local",
                "node_7",
                "::1",
                "fe80::1%eth0",
                "::ffff:10.0.0.1"
            })
    void namesAndAddressesAreTaken(String host) {
        assertThat(Instance.Spec.of("catalog", "a", host, 80).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "http://x", "a b", " h", "localhost:80", "[::1]", "a/b", "x\n"})
    void whatIsNotOnlyAHostIsRefused(String host) {
        assertThatThrownBy(() -> Instance.Spec.of("catalog", "a", host, 80))
                .isInstanceOf(InvalidResourceException.class)
                .hasMessageContaining(
                        "/host: '" + host + "' (expected: a host name or address, without scheme or port)");
    }
}
