package io.tulle.api.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAndInstanceTest {
    private static final String NAME = "a name of lower-case letters, digits and '-', at most 63";

    @Test
    void defaultsOfAService() {
        assertThat(Service.Spec.DEFAULT).isEqualTo(new Service.Spec(Protocol.HTTP, List.of()));
        assertThat(Service.of("n", "s", Service.Spec.DEFAULT).title()).isEqualTo("Service n/s");
    }

    @Test
    void defaultsOfAnInstance() {
        assertThat(Instance.Spec.of("s", "u", "h", 1))
                .isEqualTo(new Instance.Spec("s", "u", "h", 1, 100, Instance.State.ACTIVE));
    }

    @Test
    void badSubsets() {
        assertThat(Refusals.of(() -> new Service.Subset("", Map.of())))
                .containsExactly("/name: '' (expected: " + NAME + ")", "/labels: {} (expected: at least one label)");
        Service.Subset subset = new Service.Subset("v1", Map.of("a", "b"));
        assertThat(Refusals.of(() -> new Service.Spec(Protocol.GRPC, List.of(subset, subset))))
                .containsExactly("/subsets/1/name: 'v1' (expected: a name that no other of subsets has)");
    }

    @Test
    void badInstances() {
        assertThat(Refusals.of(() -> new Instance.Spec("S", "a/b", " ", 0, 0, Instance.State.ACTIVE)))
                .containsExactly(
                        "/service: 'S' (expected: a service as name or namespace/name)",
                        "/uid: 'a/b' (expected: at most 128 characters without '/')",
                        "/host: ' ' (expected: a host name or address, without scheme or port)",
                        "/port: 0 (expected: 1..65535)",
                        "/weight: 0 (expected: 1..1000)");
        assertThat(Refusals.of(() ->
                        new Instance.Spec("s", "u".repeat(129), "h".repeat(254), 65_536, 1001, Instance.State.ACTIVE)))
                .hasSize(4);
        assertThat(Refusals.of(() -> new Instance.Spec(
                        "s", "u".repeat(128), "h".repeat(253), 65_535, 1000, Instance.State.DRAINING)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "-a", "a-", "a_b", "a.b", "a b", "a/b", "ä"})
    void aNameIsADnsLabel(String name) {
        assertThat(Refusals.of(() -> Metadata.of("n", name)))
                .containsExactly("/name: '" + name + "' (expected: " + NAME + ")");
        assertThat(Refusals.of(() -> Metadata.of(name, "n"))).hasSize(1);
    }

    @Test
    void aNameHasAtMost63Characters() {
        assertThat(Refusals.of(() -> Metadata.of("n", "a".repeat(63)))).isEmpty();
        assertThat(Refusals.of(() -> Metadata.of("n", "a".repeat(64)))).hasSize(1);
        assertThat(Refusals.of(() -> Metadata.of("0", "a-0"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b/c", "/a", "a/", "/", "A/b", "a/B", ""})
    void aServiceReferenceIsANameOrNamespaceAndName(String reference) {
        assertThat(Refusals.of(() -> Instance.Spec.of(reference, "u", "h", 1)))
                .containsExactly("/service: '" + reference + "' (expected: a service as name or namespace/name)");
    }

    @Test
    void labelsFollowKubernetes() {
        assertThat(Refusals.of(() -> Metadata.of("n", "a").withLabels(Map.of("example.com/a_b.C", "x_Y.z", "b", ""))))
                .isEmpty();
        assertThat(Refusals.of(() -> Metadata.of("n", "a").withLabels(Map.of("a/b~c d", "ok"))))
                .containsExactly("/labels/a~1b~0c d: 'a/b~c d' (expected: a label key as in Kubernetes)");
        assertThat(Refusals.of(() -> Metadata.of("n", "a").withLabels(Map.of("x/y", "no space"))))
                .containsExactly("/labels/x~1y: 'no space' (expected: a label value as in Kubernetes, at most 63)");
        assertThat(Refusals.of(() -> Metadata.of("n", "a").withLabels(Map.of("k", "v".repeat(64)))))
                .hasSize(1);
        assertThat(Refusals.of(() -> Metadata.of("n", "a").withLabels(Map.of("k".repeat(64), "v"))))
                .hasSize(1);
        assertThat(Refusals.of(() -> Metadata.of("n", "a").withLabels(Map.of("k".repeat(63), "v".repeat(63)))))
                .isEmpty();
    }

    @Test
    void aZoneIsInARegion() {
        assertThat(Instance.Spec.of("s", "u", "h", 1).locality()).isEqualTo(Instance.Locality.UNKNOWN);
        assertThat(new Instance.Locality("eu", "a").zone()).isEqualTo("a");
        assertThat(Refusals.of(() -> new Instance.Locality("", "a")))
                .containsExactly("/region: '' (expected: the region that the zone is in)");
        assertThat(Refusals.of(() -> new Instance.Locality("r".repeat(64), "z".repeat(64))))
                .hasSize(2);
    }

    @Test
    void takesPlainTextUnlessItSaysOtherwise() {
        Instance.Spec plain = Instance.Spec.of("s", "u", "h", 1);

        assertThat(plain.tls()).isEqualTo(TlsMode.DISABLED);
        assertThat(plain.withTls(TlsMode.MUTUAL).tls()).isEqualTo(TlsMode.MUTUAL);
        assertThat(plain.withTls(TlsMode.MUTUAL).withTls(TlsMode.DISABLED)).isEqualTo(plain);
    }

    @Test
    void speaksHttpUnlessItSaysOtherwise() {
        Instance.Spec usual = Instance.Spec.of("s", "u", "h", 1).withTls(TlsMode.MUTUAL);

        assertThat(usual.protocol()).isEqualTo(Protocol.HTTP);
        assertThat(usual.withProtocol(Protocol.GRPC).protocol()).isEqualTo(Protocol.GRPC);
        assertThat(usual.withProtocol(Protocol.GRPC).withProtocol(Protocol.HTTP))
                .isEqualTo(usual);
    }

    @Test
    void labelsAreCopied() {
        Map<String, String> labels = new HashMap<>(Map.of("a", "b"));
        Metadata metadata = Metadata.of("n", "a").withLabels(labels);
        labels.clear();
        assertThat(metadata.labels()).containsOnly(Map.entry("a", "b"));
        assertThat(metadata.resourceVersion()).isEmpty();
    }

    @Test
    void aBareReferenceMeansTheOwnNamespace() {
        Service service = Service.of("n", "s", Service.Spec.DEFAULT);
        assertThat(service.qualify("x")).isEqualTo("n/x");
        assertThat(service.qualify("o/x")).isEqualTo("o/x");
    }

    @Test
    void theKindTableIsComplete() {
        Metadata metadata = Metadata.of("n", "x");
        List<Resource> all = List.of(
                new Service(metadata, Service.Spec.DEFAULT),
                new Route(metadata, new Route.Spec("s", List.of(), Route.RetryBudget.DEFAULT)),
                new TrafficPolicy(metadata, TrafficPolicy.Spec.defaults("s")),
                new Instance(metadata, Instance.Spec.of("s", "", "h", 1)),
                new InstanceOverride(metadata, new InstanceOverride.Spec("s", "x", "", Instance.State.DRAINING, null)));
        assertThat(all).map(Resource::kind).containsExactly(Kind.values());
        for (Resource resource : all) {
            assertThat(resource).isInstanceOf(resource.kind().type());
            assertThat(resource.title()).isEqualTo(resource.kind().title() + " n/x");
            assertThat(resource.kind().title()).isEqualTo(resource.getClass().getSimpleName());
            assertThat(resource.kind().plural())
                    .isEqualToIgnoringCase(
                            resource.kind() == Kind.TRAFFIC_POLICY
                                    ? "TrafficPolicies"
                                    : resource.kind().title() + "s");
        }
    }
}
