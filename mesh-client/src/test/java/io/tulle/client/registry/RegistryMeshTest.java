package io.tulle.client.registry;

import static io.tulle.client.registry.Samples.instance;
import static io.tulle.client.registry.Samples.route;
import static io.tulle.client.registry.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tulle.api.MeshException;
import io.tulle.api.resource.Route;
import io.tulle.client.FirstUse;
import io.tulle.client.Mesh;
import io.tulle.client.wire.RemovalReason;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mesh and a registry over real sockets. */
class RegistryMeshTest {
    @TempDir
    Path state;

    private FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void followsTheServicesThatItUses() {
        registry.put(service("catalog"), instance("catalog", "catalog-1"));
        try (Mesh mesh = storefront()) {
            assertThat(endpoints(mesh, "catalog")).containsExactly("catalog-1-uid:8080");
            registry.put(instance("catalog", "catalog-2"));
            await().until(() -> endpoints(mesh, "catalog").size() == 2);
            registry.remove("shop/catalog", Samples.gone("catalog-1", RemovalReason.DRAINED));
            await().untilAsserted(() -> assertThat(endpoints(mesh, "catalog")).containsExactly("catalog-2-uid:8080"));
            assertThat(mesh.sync().connected()).isTrue();
            assertThat(mesh.sync().stale()).isZero();
            await().until(() -> registry.renewals.stream()
                    .anyMatch(renewal -> renewal.applied().containsValue(4L)));
        }
        assertThat(registry.sessions()).isEmpty();
    }

    @Test
    void startsFromDiskWhileTheRegistryIsDown() {
        registry.put(
                service("catalog"),
                instance("catalog", "catalog-1"),
                route("catalog", new Route.Destination("reviews", "", 1)));
        registry.put(service("reviews"), instance("reviews", "reviews-1"));
        try (Mesh mesh = storefront()) {
            await().until(() -> !endpoints(mesh, "reviews").isEmpty());
        }
        int port = registry.port();
        registry.close();
        try (Mesh mesh = Mesh.builder()
                .service("shop/storefront")
                .registry(URI.create("http://127.0.0.1:" + port))
                .stateDir(state)
                .uses("catalog")
                .build()) {
            assertThat(endpoints(mesh, "catalog")).hasSize(1);
            assertThat(endpoints(mesh, "reviews")).hasSize(1);
            await().until(() -> mesh.sync().trouble().contains("cannot be reached"));
            assertThat(mesh.sync().connected()).isFalse();
            registry = new FakeRegistry(port);
            registry.put(service("catalog"), instance("catalog", "catalog-7"));
            await().until(() -> endpoints(mesh, "catalog").contains("catalog-7-uid:8080"));
        }
    }

    @Test
    void anEmptyRegistryTakesNothingAway() {
        registry.put(service("catalog"), instance("catalog", "catalog-1"));
        try (Mesh mesh = storefront()) {
            int port = registry.port();
            registry.close();
            registry = new FakeRegistry(port).epoch("e2");
            await().until(() -> mesh.sync().epoch().equals("e2"));
            assertThat(endpoints(mesh, "catalog")).hasSize(1);
            await().until(() -> registry.renewals.stream()
                    .anyMatch(renewal -> renewal.held().stream()
                            .anyMatch(held -> held.reason().equals("absent"))));
            registry.put(service("catalog"), instance("catalog", "catalog-1", "new"));
            await().untilAsserted(() -> assertThat(endpoints(mesh, "catalog")).containsExactly("new:8080"));
            assertThat(mesh.sync().held()).isEmpty();
        }
    }

    @Test
    void registersAgainWhenItsSessionIsForgotten() throws InterruptedException {
        try (Mesh mesh = storefront()) {
            Registered registered = mesh.register(Registration.of("storefront-1", "127.0.0.1", 9000));
            assertThat(registered.await(Duration.ofSeconds(5))).isTrue();
            assertThat(registry.has("shop/storefront", "Instance shop/storefront-1"))
                    .isTrue();
            registry.forgetSessions();
            await().until(() -> registry.opened.size() >= 2);
            assertThat(registry.opened.get(registry.opened.size() - 1).instances())
                    .hasSize(1);
            await().until(() -> mesh.sync().registered().contains("storefront-1"));
            assertThat(registered.drain(Duration.ofSeconds(1))).isTrue();
            assertThat(registry.has("shop/storefront", "Instance shop/storefront-1"))
                    .isFalse();
            assertThat(registry.requests)
                    .anyMatch(request -> request.contains("reason=drained&uid=" + registered.uid() + "&wait=1s"));
        }
    }

    @Test
    void aResourceThatCannotBeReadIsToldToTheRegistryAndTheRestComesInForce() {
        registry.put(service("catalog"), instance("catalog", "catalog-1"));
        try (Mesh mesh = storefront()) {
            registry.raw("""
                    {"type":"change","epoch":"e1","revision":9,"services":[{"service":"shop/catalog","previous":2,"resources":[\
                    {"kind":"Route","metadata":{"namespace":"shop","name":"catalog","resourceVersion":"9"},"spec":{"service":7}},\
                    {"kind":"Instance","metadata":{"namespace":"shop","name":"catalog-2"},"spec":{"service":"catalog","host":"h","port":1}}]}]}""");
            await().until(() -> endpoints(mesh, "catalog").size() == 2);
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> registry.renewals.stream()
                            .anyMatch(renewal -> renewal.rejected().stream()
                                    .anyMatch(one -> one.name().equals("shop/catalog")
                                            && one.resourceVersion().equals("9"))));
        }
    }

    @Test
    void aDrainIsTriedAgainWhileThereIsTime() throws InterruptedException {
        try (Mesh mesh = storefront()) {
            Registered registered = mesh.register(Registration.of("storefront-1", "127.0.0.1", 9000));
            assertThat(registered.await(Duration.ofSeconds(5))).isTrue();
            int port = registry.port();
            registry.close();
            assertThat(registered.drain(Duration.ofMillis(300))).isFalse();
            registry = new FakeRegistry(port);
        }
    }

    @Test
    void garbageIsRefusedAndNothingIsLost() {
        registry.put(service("catalog"), instance("catalog", "catalog-1"));
        try (Mesh mesh = storefront()) {
            registry.raw("<html>502</html>");
            await().until(() -> registry.requests.stream()
                    .anyMatch(request -> request.contains("/watch") && request.contains("epoch=e1&since=2")));
            assertThat(endpoints(mesh, "catalog")).hasSize(1);
            registry.put(instance("catalog", "catalog-2"));
            await().until(() -> endpoints(mesh, "catalog").size() == 2);
        }
    }

    @Test
    void theFirstUseOfAServiceFollowsIt() throws InterruptedException {
        registry.put(service("reviews"), instance("reviews", "reviews-1"));
        try (Mesh mesh = storefront()) {
            assertThat(mesh.engine().snapshot().claims("reviews")).isTrue();
            MeshSnapshot after = mesh.firstUse().await("reviews", FirstUse.PATIENCE.toNanos(), () -> false);
            assertThat(after.byHost("reviews")).isNotNull();
            mesh.firstUse().await("revews", FirstUse.PATIENCE.toNanos(), () -> false);
            assertThat(mesh.engine().snapshot().unknown("revews")).contains("did you mean reviews?");
            assertThat(mesh.sync().subscriptions()).contains("shop/reviews", "shop/revews");
        }
    }

    @Test
    void hostsOfOtherNamespacesOfTheRegistryAreClaimed() {
        registry.put(io.tulle.api.resource.Service.of("pay", "billing", io.tulle.api.resource.Service.Spec.DEFAULT));
        try (Mesh mesh = storefront()) {
            await().until(() -> mesh.engine().snapshot().claims("billing.pay"));
            assertThat(mesh.engine().snapshot().claims("example.com")).isFalse();
        }
    }

    @Test
    void refusesWhatIsNoRegistryAndRegistrationsElsewhere(@TempDir Path folder) {
        for (String uri : new String[] {"localhost:7070", "ftp://a:1", "http://a/b", "http://u@a", "http://a?x=1"}) {
            assertThatThrownBy(() -> Mesh.builder().registry(URI.create(uri)))
                    .isInstanceOf(MeshException.class)
                    .hasMessageStartingWith("registry: '" + uri + "'");
        }
        try (Mesh mesh = Mesh.builder().resources(folder).build()) {
            assertThatThrownBy(() -> mesh.register(Registration.of("a", "127.0.0.1", 1)))
                    .isInstanceOf(MeshException.class)
                    .hasMessageContaining("expected: one that was built with registry(...)");
            assertThat(mesh.sync()).isSameAs(Sync.NONE);
        }
    }

    private Mesh storefront() {
        return Mesh.builder()
                .service("shop/storefront")
                .registry(registry.uri())
                .stateDir(state)
                .uses("catalog")
                .build();
    }

    private static List<String> endpoints(Mesh mesh, String host) {
        ServiceSnapshot service = mesh.engine().snapshot().byHost(host);
        return service == null
                ? List.of()
                : service.endpoints().stream().map(endpoint -> endpoint.id()).toList();
    }
}
