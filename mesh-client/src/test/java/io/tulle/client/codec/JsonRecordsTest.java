package io.tulle.client.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.client.wire.OpenSession;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.Renewal;
import io.tulle.client.wire.WatchLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonRecordsTest {
    private final List<RefusedResource> refused = new ArrayList<>();

    @Test
    void everyWireRecordReadsBackAsItWasWritten() {
        Instance instance =
                new Instance(Metadata.of("shop", "catalog-1"), Instance.Spec.of("catalog", "a1", "127.0.0.1", 8081));
        assertReadsBack(new OpenSession(
                "shop/storefront",
                "p1",
                "tulle/1",
                Schemas.LATEST.titles(),
                List.of("shop/catalog"),
                List.of(instance)));
        assertReadsBack(new Renewal(
                null,
                Map.of("shop/catalog", 17L),
                List.of(new Renewal.Rejected("Route", "shop/catalog", "3", "bad")),
                List.of(new Renewal.Held("shop/catalog", "catalog-1", "a1", "expired", 12)),
                5_000_000_000L));
        assertReadsBack(new WatchLine(WatchLine.Type.PROGRESS, "e", 3, List.of()));
    }

    @Test
    void aLineOfEveryKindReadsBackForManySeeds() {
        for (long seed = 0; seed < 200; seed++) {
            List<Resource> resources = new SampleResources(seed).resources();
            assertReadsBack(new WatchLine(
                    WatchLine.Type.CHANGE,
                    "e",
                    seed,
                    List.of(new WatchLine.ServiceUpdate(
                            "shop/catalog",
                            seed,
                            true,
                            List.of(),
                            resources,
                            List.of(new WatchLine.Removed("Instance", "a", "u", RemovalReason.EXPIRED)),
                            List.of()))));
        }
    }

    @Test
    void whatANewerWriterAddsIsIgnored() {
        WatchLine line = read("""
                {"type":"change","epoch":"e","revision":4,"mood":"fine","services":[{"service":"shop/catalog","resources":[
                {"kind":"Service","metadata":{"namespace":"shop","name":"catalog","colour":"red"},"spec":{"protocol":"http","rank":{"x":[1]}}}]}]}""");
        assertThat(line.services().get(0).resources())
                .containsExactly(Service.of("shop", "catalog", Service.Spec.DEFAULT));
        assertThat(refused).isEmpty();
    }

    @Test
    void oneBadResourceDoesNotRejectItsSiblings() {
        WatchLine line = read("""
                {"type":"change","epoch":"e","revision":4,"services":[{"service":"shop/catalog","resources":[
                {"kind":"Route","metadata":{"namespace":"shop","name":"catalog","resourceVersion":"4"},"spec":{"service":"catalog","rules":[{"timeout":"-1s"}]}},
                {"kind":"Hologram","metadata":{"name":"x"}},
                7,
                {"kind":"Service","metadata":{"namespace":"shop","name":"catalog"}}]}]}""");
        assertThat(line.services().get(0).resources())
                .containsExactly(Service.of("shop", "catalog", Service.Spec.DEFAULT));
        assertThat(refused).hasSize(3);
        assertThat(refused.get(0).kind()).isEqualTo("Route");
        assertThat(refused.get(0).namespace()).isEqualTo("shop");
        assertThat(refused.get(0).name()).isEqualTo("catalog");
        assertThat(refused.get(0).resourceVersion()).isEqualTo("4");
        assertThat(refused.get(0).reason()).startsWith("/spec/rules/0/timeout: '-1s'");
        assertThat(refused.get(1).reason()).startsWith("/kind: 'Hologram' (expected: one of Service");
        assertThat(refused.get(1).namespace()).isEqualTo("default");
        assertThat(refused.get(2).kind()).isEmpty();
    }

    @Test
    void aReaderThatIsNotToldOfBadResourcesRefusesTheRecord() {
        assertThatThrownBy(() -> JsonRecords.read(WatchLine.class, "line", """
                        {"type":"change","epoch":"e","revision":4,"services":[{"service":"a/b","resources":[{"kind":"Hologram"}]}]}"""))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("/services/0/resources/0/kind: 'Hologram'");
    }

    @Test
    void whatIsWrongAroundTheResourcesRefusesTheLine() {
        for (String text : new String[] {
            "",
            "{",
            "[]",
            "nonsense",
            "{\"type\":\"change\"}",
            "{\"type\":\"gossip\",\"epoch\":\"e\",\"revision\":1}",
            "{\"type\":\"change\",\"epoch\":\"e\",\"revision\":\"1\"}",
            "{\"type\":\"change\",\"epoch\":\"e\",\"revision\":99999999999999999999}",
            "{\"type\":\"change\",\"epoch\":\"e\",\"revision\":1,\"services\":[{\"service\":7}]}",
            "{\"type\":\"progress\",\"epoch\":\"e\",\"revision\":1}{}",
            "[".repeat(100_000)
        }) {
            assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(InvalidFileException.class);
        }
    }

    private WatchLine read(String json) {
        return JsonRecords.readGood(WatchLine.class, "line", json, refused::add);
    }

    private void assertReadsBack(Record record) {
        String json = JsonRecords.write(record);
        assertThat(json).doesNotContain("\n");
        assertThat((Record) JsonRecords.readGood(record.getClass(), "line", json, refused::add))
                .isEqualTo(record);
        assertThat(refused).isEmpty();
    }
}
