package io.tulle.proofs.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tulle.client.FirstUse;
import io.tulle.client.Mesh;
import io.tulle.client.registry.Registered;
import io.tulle.client.registry.Registration;
import io.tulle.core.snapshot.ServiceSnapshot;
import io.tulle.registry.RegistryOptions;
import io.tulle.registry.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that link the client, and the real server. */
class MeshAndRegistryTest {
    private static final RegistryOptions OPTIONS =
            RegistryOptions.DEFAULT.withPort(0).withLease(Duration.ofSeconds(3)).withProgress(Duration.ofMillis(300));

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private RegistryServer registry;
    private URI uri;

    @BeforeEach
    void start() {
        registry = RegistryServer.start(OPTIONS.withData(folder.resolve("data")));
        uri = registry.uri();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void whoRegistersIsCalledAndWhoDrainsIsNot() throws InterruptedException {
        try (Mesh storefront = process("storefront", "catalog")) {
            try (Mesh catalog = process("catalog")) {
                Registered one = catalog.register(Registration.of("catalog-1", "127.0.0.1", 8081));
                Registered two = catalog.register(Registration.of("catalog-2", "127.0.0.1", 8082));
                assertThat(one.await(Duration.ofSeconds(5))).isTrue();
                assertThat(two.await(Duration.ofSeconds(5))).isTrue();
                await().until(() -> endpoints(storefront, "catalog").size() == 2);
                assertThat(one.drain(Duration.ofSeconds(2))).isTrue();
                await().untilAsserted(() ->
                        assertThat(endpoints(storefront, "catalog")).containsExactly("catalog-2"));
            }
            await().until(() -> endpoints(storefront, "catalog").isEmpty());
        }
    }

    @Test
    void aRouteComesInForceAndTheProcessIsAmongTheClients() throws IOException, InterruptedException {
        try (Mesh catalog = process("catalog");
                Mesh storefront = process("storefront", "catalog")) {
            assertThat(catalog.register(Registration.of("catalog-1", "127.0.0.1", 8081))
                            .await(Duration.ofSeconds(5)))
                    .isTrue();
            await().until(() -> endpoints(storefront, "catalog").size() == 1);
            long revision = storefront.sync().applied().getOrDefault("shop/catalog", 0L);
            put(
                    "routes/catalog",
                    "{\"kind\":\"Route\",\"metadata\":{\"namespace\":\"shop\",\"name\":\"catalog\"},\"spec\":{\"service\":\"catalog\",\"rules\":[{\"name\":\"all\",\"timeout\":\"2s\"}]}}");
            await().until(() -> storefront.sync().applied().getOrDefault("shop/catalog", 0L) > revision);
            await().until(() -> get("/api/v1/clients").contains("\"service\":\"shop/storefront\""));
        }
    }

    @Test
    void aRestartOfTheRegistryIsHardlyNoticed() throws InterruptedException {
        try (Mesh catalog = process("catalog");
                Mesh storefront = process("storefront", "catalog")) {
            assertThat(catalog.register(Registration.of("catalog-1", "127.0.0.1", 8081))
                            .await(Duration.ofSeconds(5)))
                    .isTrue();
            await().until(() -> endpoints(storefront, "catalog").size() == 1);
            int port = registry.uri().getPort();
            registry.close();
            await().until(() -> !storefront.sync().connected());
            assertThat(endpoints(storefront, "catalog")).hasSize(1);
            registry = RegistryServer.start(OPTIONS.withPort(port).withData(folder.resolve("data")));
            await().until(() -> storefront.sync().connected());
            Registered more = catalog.register(Registration.of("catalog-2", "127.0.0.1", 8082));
            assertThat(more.await(Duration.ofSeconds(10))).isTrue();
            await().until(() -> endpoints(storefront, "catalog").size() == 2);
            assertThat(storefront.sync().held()).isEmpty();
        }
    }

    @Test
    void anEmptyRegistryTakesNobodyAwayAndFillsAgain() throws InterruptedException {
        try (Mesh catalog = process("catalog");
                Mesh storefront = process("storefront", "catalog")) {
            assertThat(catalog.register(Registration.of("catalog-1", "127.0.0.1", 8081))
                            .await(Duration.ofSeconds(5)))
                    .isTrue();
            await().until(() -> endpoints(storefront, "catalog").size() == 1);
            String epoch = storefront.sync().epoch();
            int port = registry.uri().getPort();
            registry.close();
            registry = RegistryServer.start(OPTIONS.withPort(port).withData(folder.resolve("other")));
            await().until(() -> {
                assertThat(endpoints(storefront, "catalog")).hasSize(1);
                return storefront.sync().connected()
                        && !storefront.sync().epoch().equals(epoch);
            });
            await().until(() -> storefront.sync().held().isEmpty()
                    && catalog.sync().registered().contains("catalog-1"));
            assertThat(endpoints(storefront, "catalog")).containsExactly("catalog-1");
        }
    }

    @Test
    void aNewProcessStartsWhileTheRegistryIsDown() throws InterruptedException {
        try (Mesh catalog = process("catalog")) {
            assertThat(catalog.register(Registration.of("catalog-1", "127.0.0.1", 8081))
                            .await(Duration.ofSeconds(5)))
                    .isTrue();
            try (Mesh storefront = process("storefront", "catalog")) {
                await().until(() -> endpoints(storefront, "catalog").size() == 1);
            }
            registry.close();
            try (Mesh storefront = process("storefront", "catalog")) {
                assertThat(endpoints(storefront, "catalog")).containsExactly("catalog-1");
            }
        }
    }

    @Test
    void aServiceIsFollowedFromItsFirstUseOn() throws InterruptedException {
        try (Mesh reviews = process("reviews");
                Mesh storefront = process("storefront")) {
            assertThat(reviews.register(Registration.of("reviews-1", "127.0.0.1", 8083))
                            .await(Duration.ofSeconds(5)))
                    .isTrue();
            storefront.firstUse().await("reviews", FirstUse.PATIENCE.toNanos(), () -> false);
            assertThat(endpoints(storefront, "reviews")).containsExactly("reviews-1");
            storefront.firstUse().await("revews", FirstUse.PATIENCE.toNanos(), () -> false);
            assertThat(storefront.engine().snapshot().unknown("revews")).contains("did you mean reviews?");
        }
    }

    private Mesh process(String service, String... uses) {
        return Mesh.builder()
                .service("shop/" + service)
                .registry(uri)
                .stateDir(folder.resolve("state"))
                .uses(uses)
                .build();
    }

    private void put(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(uri + "/api/v1/namespaces/shop/" + path))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
    }

    private String get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(uri + path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static List<String> endpoints(Mesh mesh, String host) {
        ServiceSnapshot service = mesh.engine().snapshot().byHost(host);
        return service == null
                ? List.of()
                : service.endpoints().stream()
                        .map(endpoint -> endpoint.instanceName())
                        .sorted()
                        .toList();
    }
}
