package io.tulle.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TlsMode;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.fixture.TestRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SnapshotCompilerTest {
    private static final Service CATALOG = Service.of(
            "default",
            "catalog",
            new Service.Spec(
                    Protocol.HTTP,
                    List.of(
                            new Service.Subset("v1", Map.of("version", "1")),
                            new Service.Subset("eu", Map.of("version", "2", "region", "eu")))));
    private static final Service REVIEWS = Service.of("default", "reviews", Service.Spec.DEFAULT);

    private final SplittableRandom random = new SplittableRandom(4);
    private final SnapshotCompiler compiler = new SnapshotCompiler("default", random::nextLong, MeshListener.NONE);
    private MeshSnapshot current = MeshSnapshot.empty("default");

    private ServiceSnapshot apply(Resource... resources) {
        current = compiler.compile(List.of(resources), current, 0);
        compiler.publish(current);
        return current.byName("default/catalog");
    }

    private static Instance instance(String name, Map<String, String> labels) {
        return new Instance(
                Metadata.of("default", name).withLabels(labels), Instance.Spec.of("catalog", name, name + ".test", 80));
    }

    private static Route route(Route.Rule... rules) {
        return new Route(
                Metadata.of("default", "catalog"),
                new Route.Spec("catalog", List.of(rules), Route.RetryBudget.DEFAULT));
    }

    private static TrafficPolicy policy(TrafficPolicy.Spec spec) {
        return new TrafficPolicy(Metadata.of("default", "catalog"), spec);
    }

    private static List<String> hosts(EndpointGroup group) {
        return group.endpoints().stream().map(Endpoint::host).toList();
    }

    @Test
    void aSubsetHoldsTheInstancesThatCarryAllItsLabels() {
        ServiceSnapshot catalog = apply(
                CATALOG,
                instance("a", Map.of("version", "1")),
                instance("b", Map.of("version", "2")),
                instance("c", Map.of("version", "2", "region", "eu", "extra", "x")),
                instance("d", Map.of()));
        assertThat(hosts(catalog.whole())).containsExactly("a.test", "b.test", "c.test", "d.test");
        assertThat(hosts(catalog.group("v1"))).containsExactly("a.test");
        assertThat(hosts(catalog.group("eu"))).containsExactly("c.test");
        assertThat(catalog.group("v9")).isNull();
        assertThat(catalog.group("eu").subset()).isEqualTo("eu");
        assertThat(catalog.group("eu").service()).isSameAs(catalog);
        assertThat(catalog.endpoints()).hasSize(4);
    }

    @Test
    void anEndpointThatIsConnectedToInAnotherWayIsAnotherToDrivers() {
        Instance plain = instance("a", Map.of());
        Instance mutual = new Instance(plain.metadata(), plain.spec().withTls(TlsMode.MUTUAL));

        Endpoint before = apply(CATALOG, plain).endpoints().get(0);
        Endpoint after = apply(CATALOG, mutual).endpoints().get(0);

        assertThat(before.tls()).isEqualTo(TlsMode.DISABLED);
        assertThat(after.tls()).isEqualTo(TlsMode.MUTUAL);
        assertThat(after).isNotEqualTo(before);
        assertThat(after.id()).isEqualTo(before.id());
    }

    @Test
    void aServiceSpeaksWhatItsResourceSays() {
        Service grpc = Service.of("default", "catalog", new Service.Spec(Protocol.GRPC, List.of()));
        assertThat(apply(grpc).protocol()).isEqualTo(Protocol.GRPC);
        assertThat(apply(CATALOG).protocol()).isEqualTo(Protocol.HTTP);
    }

    @Test
    void anEndpointIsWhatItsInstanceSays() {
        Endpoint endpoint = apply(CATALOG, instance("a", Map.of("version", "1")))
                .endpoints()
                .get(0);
        assertThat(endpoint.id()).isEqualTo("a:80");
        assertThat(endpoint.service()).isEqualTo("default/catalog");
        assertThat(endpoint.host()).isEqualTo("a.test");
        assertThat(endpoint.port()).isEqualTo(80);
        assertThat(endpoint.labels()).containsOnly(Map.entry("version", "1"));
        assertThat(endpoint.instanceName()).isEqualTo("a");
        assertThat(endpoint).hasToString("default/catalog/a (a.test:80)");
        assertThat(endpoint.healthy()).isTrue();
        assertThat(endpoint.inFlight()).isZero();
    }

    @Test
    void endpointsAreEqualByIdentityAndAddress() {
        Instance one = instance("a", Map.of());
        Endpoint first = apply(CATALOG, one).endpoints().get(0);
        Endpoint relabelled = apply(CATALOG, instance("a", Map.of("version", "2")))
                .endpoints()
                .get(0);
        Endpoint moved = apply(CATALOG, new Instance(one.metadata(), Instance.Spec.of("catalog", "a", "else", 80)))
                .endpoints()
                .get(0);
        Endpoint restarted = apply(
                        CATALOG, new Instance(one.metadata(), Instance.Spec.of("catalog", "a2", "a.test", 80)))
                .endpoints()
                .get(0);
        assertThat(relabelled).isEqualTo(first).hasSameHashCodeAs(first);
        assertThat(moved).isNotEqualTo(first);
        assertThat(restarted).isNotEqualTo(first);
        assertThat(first).isNotEqualTo("a:80");
    }

    @Test
    void rulesAreTriedInOrderAndTheDefaultComesLast() {
        Route.Match post = new Route.Match(null, "POST", List.of());
        Route.Match admin = new Route.Match(new Route.PathMatch(null, "/admin"), null, List.of());
        ServiceSnapshot catalog = apply(
                CATALOG,
                route(
                        Route.Rule.builder()
                                .name("writes")
                                .matches(post)
                                .timeout(Duration.ofSeconds(1))
                                .build(),
                        Route.Rule.builder()
                                .name("admin")
                                .matches(admin)
                                .idempotent(true)
                                .build()));
        assertThat(catalog.match(TestRequest.post("/admin")).name()).isEqualTo("writes");
        assertThat(catalog.match(TestRequest.post("/admin")).timeoutNanos()).isEqualTo(1_000_000_000L);
        assertThat(catalog.match(TestRequest.get("/admin/x")).name()).isEqualTo("admin");
        assertThat(catalog.match(TestRequest.get("/admin/x")).idempotent()).isTrue();
        RuleSnapshot fallback = catalog.match(TestRequest.get("/"));
        assertThat(fallback.name()).isEmpty();
        assertThat(fallback.timeoutNanos()).isEqualTo(Duration.ofSeconds(15).toNanos());
        assertThat(fallback.idempotent()).isNull();
        assertThat(fallback.attempts()).isEqualTo(3);
        assertThat(fallback.attemptTimeoutNanos()).isZero();
        assertThat(fallback.retriesStatus(503)).isTrue();
        assertThat(fallback.next()).isSameAs(catalog.whole());
    }

    @Test
    void destinationsGetTheirShares() {
        ServiceSnapshot catalog = apply(
                CATALOG,
                REVIEWS,
                route(Route.Rule.builder()
                        .destinations(
                                Route.Destination.subset("v1", 70),
                                Route.Destination.subset("eu", 20),
                                new Route.Destination("reviews", "", 10))
                        .build()));
        RuleSnapshot rule = catalog.match(TestRequest.get("/"));
        int[] counts = new int[3];
        for (int i = 0; i < 1000; i++) {
            EndpointGroup group = rule.next();
            counts[group == catalog.group("v1") ? 0 : group == catalog.group("eu") ? 1 : 2]++;
            if (group != catalog.group("v1") && group != catalog.group("eu")) {
                assertThat(group.service().name()).isEqualTo("default/reviews");
            }
        }
        assertThat(counts[0]).isBetween(694, 706);
        assertThat(counts[1]).isBetween(194, 206);
    }

    @Test
    void aDestinationNamedByTheRoutesOwnServiceIsTheSame() {
        ServiceSnapshot catalog = apply(
                CATALOG,
                route(Route.Rule.builder()
                        .destinations(new Route.Destination("catalog", "v1", 1))
                        .build()));
        assertThat(catalog.match(TestRequest.get("/")).next()).isSameAs(catalog.group("v1"));
    }

    @Test
    void whatIsLearnedSurvivesAChangeAndANewUidStartsAfresh() {
        Endpoint before = apply(CATALOG, instance("a", Map.of()), instance("b", Map.of()))
                .endpoints()
                .get(0);
        before.state().load().begin();
        ServiceSnapshot changed = apply(CATALOG, instance("b", Map.of()), instance("a", Map.of("version", "1")));
        Endpoint after = changed.group("v1").endpoints().get(0);
        assertThat(after.state()).isSameAs(before.state());
        assertThat(after.inFlight()).isEqualTo(1);
        Instance restarted =
                new Instance(Metadata.of("default", "a"), Instance.Spec.of("catalog", "a-2", "a.test", 80));
        assertThat(apply(CATALOG, restarted).endpoints().get(0).inFlight()).isZero();
        apply(CATALOG);
        assertThat(apply(CATALOG, instance("a", Map.of())).endpoints().get(0).state())
                .as("gone for a while")
                .isNotSameAs(before.state());
    }

    @Test
    void ledgerBudgetAndBreakerSurviveWhileTheirSettingsStay() {
        TrafficPolicy.Spec spec =
                TrafficPolicy.Spec.defaults("catalog").withServiceBreaker(TrafficPolicy.ServiceBreaker.DEFAULT);
        ServiceState first = apply(CATALOG, policy(spec)).state();
        ServiceState same =
                apply(CATALOG, policy(spec), instance("a", Map.of())).state();
        assertThat(same.ledger()).isSameAs(first.ledger());
        assertThat(same.budget()).isSameAs(first.budget());
        assertThat(same.breaker()).isSameAs(first.breaker()).isNotNull();
        TrafficPolicy.ServiceBreaker other =
                new TrafficPolicy.ServiceBreaker(10, 5, Duration.ofSeconds(1), Duration.ofSeconds(1), 1);
        Route budget = new Route(
                Metadata.of("default", "catalog"),
                new Route.Spec("catalog", List.of(), new Route.RetryBudget(50, 0, Duration.ofSeconds(5))));
        ServiceState changed =
                apply(CATALOG, policy(spec.withServiceBreaker(other)), budget).state();
        assertThat(changed.ledger()).isSameAs(first.ledger());
        assertThat(changed.budget()).isNotSameAs(first.budget());
        assertThat(changed.breaker()).isNotNull().isNotSameAs(first.breaker());
        assertThat(apply(CATALOG).state().breaker()).isNull();
    }

    @Test
    void aServiceWithoutBreakerAdmitsEverything() {
        ServiceSnapshot catalog = apply(CATALOG);
        assertThat(catalog.admit(0)).isZero();
        catalog.completed(0, false, 0);
        catalog.released(0);
        assertThat(catalog.admit(0)).isZero();
    }

    @Test
    void theBudgetIsTheServices() {
        ServiceSnapshot catalog = apply(CATALOG);
        for (int i = 0; i < 10; i++) {
            assertThat(catalog.payRetry(0)).isTrue();
        }
        assertThat(catalog.payRetry(0)).isFalse();
        for (int i = 0; i < 10; i++) {
            catalog.called(0);
        }
        assertThat(catalog.payRetry(0)).isTrue();
        assertThat(catalog.payRetry(0)).isFalse();
    }

    @Test
    void theBreakerOfADestinationTellsItsOwnName() {
        List<String> told = new ArrayList<>();
        SnapshotCompiler telling = new SnapshotCompiler("default", () -> 0, new MeshListener() {
            @Override
            public void breakerChanged(
                    String service, io.tulle.api.listener.BreakerState from, io.tulle.api.listener.BreakerState to) {
                told.add(service + " " + from + ">" + to);
            }
        });
        TrafficPolicy.Spec spec = TrafficPolicy.Spec.defaults("catalog")
                .withServiceBreaker(
                        new TrafficPolicy.ServiceBreaker(50, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 1));
        ServiceSnapshot catalog =
                telling.compile(List.of(CATALOG, policy(spec)), current, 0).byName("default/catalog");
        catalog.completed(catalog.admit(0), false, 0);
        assertThat(told).containsExactly("default/catalog CLOSED>OPEN");
        assertThat(catalog.admit(0)).isNegative();
    }

    @Test
    void compilingPublishesNothing() {
        ServiceSnapshot before = apply(CATALOG, instance("a", Map.of()), instance("b", Map.of()));
        compiler.compile(List.of(CATALOG), current, 0);
        Endpoint a = before.endpoints().get(0);
        for (int i = 0; i < 5; i++) {
            before.ledger().failed(a.state().health(), a.state().health().admit(), 0);
        }
        assertThat(a.healthy()).as("the ledger still knows its members").isFalse();
    }
}
