package io.tulle.client.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Default;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.Since;
import io.tulle.api.resource.TlsMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemasTest {
    private record Spec(
            String old,
            @Since(2) @Default("0") int hint,
            @Since(value = 3, required = true) @Nullable String must,
            @Default("[]") List<Rule> rules) {}

    private record Rule(
            @Default("") String name,

            @Since(value = 2, required = true) @Default("false")
            boolean strict) {}

    private final Spec spec = new Spec("a", 7, "b", List.of(new Rule("r", false)));

    @Test
    void leavesOutWhatANewerSchemaAdded() {
        assertThat(PlainTree.of(spec, 1)).isEqualTo(Map.of("old", "a", "rules", List.of(Map.of("name", "r"))));
        assertThat(PlainTree.of(spec, 2)).containsEntry("hint", 7).doesNotContainKey("must");
        assertThat(PlainTree.of(spec, 3)).containsEntry("must", "b");
        assertThat(PlainTree.of(spec)).containsEntry("must", "b");
    }

    @Test
    void namesTheFieldThatAResourceCannotDoWithout() {
        assertThat(Schemas.newer(spec, 1, "")).isEqualTo(new Schemas.Newer("/must", 3));
        assertThat(Schemas.newer(spec, 3, "")).isNull();
        Spec nested = new Spec("a", 0, null, List.of(new Rule("r", false), new Rule("s", true)));
        assertThat(Schemas.newer(nested, 1, "")).isEqualTo(new Schemas.Newer("/rules/1/strict", 2));
        assertThat(Schemas.newer(nested, 2, "")).isNull();
    }

    @Test
    void aFieldThatHasItsDefaultIsNotMissed() {
        assertThat(Schemas.newer(new Spec("a", 7, null, List.of(new Rule("r", false))), 1, ""))
                .isNull();
    }

    @Test
    void theLatestSchemasSayEverything() {
        Service service = Service.of("shop", "catalog", Service.Spec.DEFAULT);
        assertThat(Schemas.LATEST.newer(service)).isNull();
        assertThat(Schemas.of(Schemas.LATEST.titles())).isEqualTo(Schemas.LATEST);
        assertThat(JsonRecords.write(service, Schemas.of(Map.of("Service", 1)))).isEqualTo(JsonRecords.write(service));
    }

    @Test
    void anOlderClientGetsARuleWithoutItsHedge() {
        Route.Rule rule = Route.Rule.builder().hedge(Route.Hedge.DEFAULT).build();
        Route route = new Route(
                Metadata.of("shop", "catalog"), new Route.Spec("catalog", List.of(rule), Route.RetryBudget.DEFAULT));
        Schemas older = Schemas.of(Map.of("Route", 1));
        assertThat(older.newer(route)).isNull();
        assertThat(JsonRecords.write(route, older).toString())
                .doesNotContain("hedge")
                .contains("retry");
        assertThat(JsonRecords.write(route).toString()).contains("\"hedge\":{");
    }

    @Test
    void whoeverDoesNotKnowOfTlsIsNotToldOfAnInstanceThatNeedsIt() {
        Instance plain = new Instance(Metadata.of("shop", "catalog-1"), Instance.Spec.of("catalog", "a", "h", 1));
        Instance mutual = new Instance(plain.metadata(), plain.spec().withTls(TlsMode.MUTUAL));
        Schemas before = Schemas.of(Map.of("Instance", 2));

        assertThat(before.newer(plain)).isNull();
        assertThat(before.newer(mutual)).isEqualTo(new Schemas.Newer("/spec/tls", 3));
    }

    @Test
    void whoeverDoesNotKnowOfProtocolsOfInstancesIsToldOfTheRest() {
        Instance grpc = new Instance(
                Metadata.of("shop", "ratings-1"),
                Instance.Spec.of("ratings", "a", "h", 1).withProtocol(Protocol.GRPC));
        Schemas before = Schemas.of(Map.of("Instance", 2));

        assertThat(before.newer(grpc)).isNull();
        assertThat(JsonRecords.write(grpc, before).toString()).doesNotContain("protocol");
        assertThat(JsonRecords.write(grpc).toString()).contains("\"protocol\":\"grpc\"");
    }

    @Test
    void kindsOfANewerPeerAreNotKnown() {
        Schemas schemas = Schemas.of(Map.of("Service", 1, "Hologram", 4));
        assertThat(schemas.know(Kind.SERVICE)).isTrue();
        assertThat(schemas.know(Kind.ROUTE)).isFalse();
        assertThat(schemas.titles()).containsExactly(Map.entry("Service", 1));
    }
}
