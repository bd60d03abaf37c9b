package io.tulle.testing.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tulle.client.tls.SpiffeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpiffeIdTest {
    private static final SpiffeId CATALOG = new SpiffeId("example.org", "shop", "catalog");

    @Test
    void readsBackAsItIsWritten() {
        assertThat(CATALOG).hasToString("spiffe://example.org/ns/shop/svc/catalog");
        assertThat(SpiffeId.parse(CATALOG.toString())).isEqualTo(CATALOG);
        assertThat(CATALOG.service()).isEqualTo("shop/catalog");
    }

    @Test
    void aBareNameIsOfTheSameNamespace() {
        assertThat(CATALOG.sibling("reviews")).hasToString("spiffe://example.org/ns/shop/svc/reviews");
        assertThat(CATALOG.sibling("ops/reviews")).hasToString("spiffe://example.org/ns/ops/svc/reviews");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "spiffe://example.org",
                "spiffe://example.org/",
                "spiffe://example.org/ns/shop/svc/catalog/",
                "spiffe://example.org/ns/shop/svc/",
                "spiffe://example.org/ns//svc/catalog",
                "spiffe://example.org/ns/../svc/catalog",
                "spiffe://example.org/ns/shop/svc/Catalog",
                "spiffe://Example.org/ns/shop/svc/catalog",
                "spiffe://example.org:443/ns/shop/svc/catalog",
                "spiffe://user@example.org/ns/shop/svc/catalog",
                "spiffe://example.org/ns/shop/svc/catalog?x=1",
                "spiffe://example.org/ns/shop/svc/catalog#x",
                "spiffe://example.org/ns/shop/svc/cata%6Cog",
                "https://example.org/ns/shop/svc/catalog",
                "SPIFFE://example.org/ns/shop/svc/catalog",
                "spiffe:///ns/shop/svc/catalog",
                "spiffe://example.org/ns/shop/svc/catalog\n"
            })
    void everythingElseIsNone(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpiffeId.parse(uri))
                .withMessageContaining("'" + uri + "'")
                .withMessageContaining("(expected: spiffe://");
    }
}
