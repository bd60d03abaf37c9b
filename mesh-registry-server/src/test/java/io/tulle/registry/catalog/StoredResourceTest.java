package io.tulle.registry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.client.codec.InvalidFileException;
import io.tulle.client.wire.RemovalReason;
import io.tulle.registry.store.Entry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StoredResourceTest {
    private static final Instance INSTANCE = new Instance(
            Metadata.of("shop", "catalog-1").withResourceVersion("7"),
            Instance.Spec.of("catalog", "a1", "127.0.0.1", 8081));

    @Test
    void itsVersionIsTheRevisionOfItsEntry() {
        byte[] value = StoredResource.encode(INSTANCE);

        assertThat(StoredResource.decode(new Entry(Keys.resource(INSTANCE), value, 3, 9, 0)))
                .isEqualTo(INSTANCE.withMetadata(INSTANCE.metadata().withResourceVersion("9")));
        assertThat(text(value)).startsWith("{\"schema\":3,\"resource\":{\"kind\":\"Instance\"");
    }

    @Test
    void fieldsOfANewerRegistryAreIgnored() {
        String newer = text(StoredResource.encode(INSTANCE)).replace("\"port\":", "\"zone\":\"b\",\"port\":");

        assertThat(StoredResource.decode(entry(newer))).isInstanceOf(Instance.class);
    }

    @Test
    void whatCannotBeReadSaysWhere() {
        String broken = text(StoredResource.encode(INSTANCE)).replace("8081", "-1");

        assertThatThrownBy(() -> StoredResource.decode(entry(broken)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("r/instances/shop/catalog-1")
                .hasMessageContaining("/resource/spec/port: -1 (expected: 1..65535)");
    }

    @Test
    void whyAnInstanceWentComesBackAsItWasWritten() {
        Gone gone = Gone.of(INSTANCE, RemovalReason.DRAINED);

        assertThat(Gone.decode(new Entry(gone.key(), gone.encode(), 4, 4, 0))).isEqualTo(gone);
        assertThat(gone.key()).isEqualTo("g/shop/catalog/catalog-1");
        assertThat(gone.uid()).isEqualTo("a1");
    }

    private static Entry entry(String json) {
        return new Entry(Keys.resource(INSTANCE), json.getBytes(StandardCharsets.UTF_8), 3, 9, 0);
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
