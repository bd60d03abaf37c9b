package io.tulle.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Instance;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.WatchLine;
import io.tulle.registry.RegistryOptions;
import io.tulle.registry.RegistryServer;
import io.tulle.registry.contract.Answer;
import io.tulle.registry.contract.ContractClient;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionEndpointsTest {
    private static final String SCHEMAS =
            "{\"Service\":1,\"Route\":1,\"TrafficPolicy\":1,\"Instance\":1,\"InstanceOverride\":1}";

    private final RegistryServer server =
            RegistryServer.start(RegistryOptions.DEFAULT.withPort(0).withProgress(Duration.ofMillis(200)));
    private final ContractClient client = new ContractClient(server.uri());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aProcessFollowsWhatChanges() throws Exception {
        String session = open("storefront", "\"shop/catalog\"");
        try (WatchStream stream = WatchStream.open(server.uri(), "session=" + session)) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.contentType()).startsWith("application/x-ndjson");
            assertThat(stream.next(WatchLine.Type.SNAPSHOT).services().get(0).exists())
                    .isFalse();

            String catalog = open("catalog", "");
            Answer registered = register(catalog, "catalog-1", "a1");
            assertThat(registered.status()).isEqualTo(201);
            assertThat(register(catalog, "catalog-1", "a1").status()).isEqualTo(200);

            WatchLine born = stream.next(WatchLine.Type.CHANGE);
            assertThat(born.services().get(0).resources()).hasSize(2);
            assertThat(born.revision()).isEqualTo(Long.parseLong(registered.at("/metadata/resourceVersion")));

            Answer gone =
                    client.delete("/api/v1/sessions/" + catalog + "/instances/catalog-1?reason=drained&uid=a1&wait=5s");
            assertThat(gone.status()).isEqualTo(200);
            assertThat(gone.at("/waiting")).isEqualTo("0");

            WatchLine left = stream.next(WatchLine.Type.CHANGE);
            assertThat(left.services().get(0).previous()).isEqualTo(born.revision());
            assertThat(left.services().get(0).removed())
                    .containsExactly(new WatchLine.Removed("Instance", "catalog-1", "a1", RemovalReason.DRAINED));
            assertThat(stream.next(WatchLine.Type.PROGRESS).revision()).isEqualTo(left.revision());
        }
    }

    @Test
    void aSubscriptionThatIsAddedComesOnTheRunningStream() throws Exception {
        String session = open("storefront", "\"shop/catalog\"");
        open("reviews", "");
        try (WatchStream stream = WatchStream.open(server.uri(), "session=" + session)) {
            stream.next(WatchLine.Type.SNAPSHOT);
            Answer renewed = client.post(
                    "/api/v1/sessions/" + session, "{\"subscriptions\":[\"shop/catalog\",\"shop/reviews\"]}");
            assertThat(renewed.status()).isEqualTo(200);

            assertThat(stream.next(WatchLine.Type.SNAPSHOT).services())
                    .extracting(WatchLine.ServiceUpdate::service)
                    .containsExactly("shop/reviews");
        }
    }

    @Test
    void whoWasAwayIsToldWhatItMissed() throws Exception {
        String session = open("storefront", "\"shop/catalog\"");
        WatchLine seen;
        try (WatchStream stream = WatchStream.open(server.uri(), "session=" + session)) {
            stream.next(WatchLine.Type.SNAPSHOT);
            seen = stream.next(WatchLine.Type.PROGRESS);
        }
        register(open("catalog", ""), "catalog-1", "a1");
        String from = "&epoch=" + seen.epoch() + "&since=" + seen.revision();
        try (WatchStream again = WatchStream.open(server.uri(), "session=" + session + from)) {
            assertThat(again.next(WatchLine.Type.CHANGE).revision()).isGreaterThan(seen.revision());
        }
        try (WatchStream elsewhere =
                WatchStream.open(server.uri(), "session=" + session + "&epoch=other&since=" + seen.revision())) {
            elsewhere.next(WatchLine.Type.SNAPSHOT);
        }
    }

    @Test
    void theNewerStreamOfASessionReplacesTheOlder() throws Exception {
        String session = open("storefront", "");
        try (WatchStream first = WatchStream.open(server.uri(), "session=" + session);
                WatchStream second = WatchStream.open(server.uri(), "session=" + session)) {
            first.ends();
            second.next(WatchLine.Type.PROGRESS);
        }
    }

    @Test
    void aSessionThatIsNotRenewedExpiresWithItsInstancesAndThatIsConfirmedALeaseLater() throws Exception {
        RegistryOptions options = RegistryOptions.DEFAULT
                .withPort(0)
                .withLease(Duration.ofSeconds(1))
                .withProgress(Duration.ofMillis(200));
        try (RegistryServer hasty = RegistryServer.start(options);
                WatchStream stream = WatchStream.open(hasty.uri(), "service=shop/catalog")) {
            stream.next(WatchLine.Type.SNAPSHOT);
            ContractClient process = new ContractClient(hasty.uri());
            Answer opened = process.post(
                    "/api/v1/sessions",
                    "{\"service\":\"shop/catalog\",\"process\":\"p\",\"instances\":[" + instance("catalog-1", "a1")
                            + "]}");
            assertThat(opened.status()).isEqualTo(201);

            WatchLine.Removed expired = new WatchLine.Removed("Instance", "catalog-1", "a1", RemovalReason.EXPIRED);
            assertThat(stream.next(WatchLine.Type.CHANGE).services().get(0).resources())
                    .hasSize(2);
            assertThat(stream.next(WatchLine.Type.CHANGE).services().get(0).removed())
                    .containsExactly(expired);
            assertThat(stream.next(WatchLine.Type.CONFIRM).services().get(0).removed())
                    .containsExactly(expired);
            String session = opened.at("/session");
            assertThat(process.post("/api/v1/sessions/" + session, "{}").code()).isEqualTo("unknown-session");
            assertThat(process.get("/api/v1/watch?session=" + session).code()).isEqualTo("unknown-session");
        }
    }

    @Test
    void aLineThatGotLostIsSentAgainThoughItsServiceNeverChangesAgain() throws Exception {
        RegistryOptions options = RegistryOptions.DEFAULT.withPort(0).withLease(Duration.ofSeconds(1));
        try (RegistryServer hasty = RegistryServer.start(options)) {
            ContractClient process = new ContractClient(hasty.uri());
            process.put(
                    "/api/v1/namespaces/shop/services/catalog",
                    "{\"kind\":\"Service\",\"metadata\":{\"name\":\"catalog\"},\"spec\":{}}");
            String session = process.post(
                            "/api/v1/sessions",
                            "{\"service\":\"shop/storefront\",\"process\":\"p\",\"schemas\":" + SCHEMAS
                                    + ",\"subscriptions\":[\"shop/catalog\"]}")
                    .at("/session");
            try (WatchStream stream = WatchStream.open(hasty.uri(), "session=" + session)) {
                WatchLine lost = stream.next(WatchLine.Type.SNAPSHOT);
                Awaitility.await().pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
                    process.post("/api/v1/sessions/" + session, "{\"applied\":{}}");
                    assertThat(process.get("/metrics")
                                    .body()
                                    .lines()
                                    .filter(line -> line.startsWith("tulle_registry_watch_repeated_total")))
                            .singleElement()
                            .asString()
                            .doesNotEndWith(" 0.0");
                });
                assertThat(stream.next(WatchLine.Type.SNAPSHOT).services()).isEqualTo(lost.services());
            }
        }
    }

    @Test
    void aSessionThatEndsTakesItsInstancesAndItsStreamAlong() throws Exception {
        String session = open("catalog", "");
        register(session, "catalog-1", "a1");
        try (WatchStream own = WatchStream.open(server.uri(), "session=" + session);
                WatchStream other = WatchStream.open(server.uri(), "service=shop/catalog")) {
            other.next(WatchLine.Type.SNAPSHOT);
            assertThat(client.delete("/api/v1/sessions/" + session).status()).isEqualTo(200);
            assertThat(other.next(WatchLine.Type.CHANGE)
                            .services()
                            .get(0)
                            .removed()
                            .get(0)
                            .reason())
                    .isEqualTo(RemovalReason.DEREGISTERED);
            own.ends();
        }
    }

    @Test
    void clientsShowsWhoIsHowFar() throws Exception {
        String session = open("storefront", "\"shop/catalog\"");
        register(open("catalog", ""), "catalog-1", "a1");
        try (WatchStream stream = WatchStream.open(server.uri(), "session=" + session)) {
            WatchLine snapshot = stream.next(WatchLine.Type.SNAPSHOT);
            Answer before = client.get("/api/v1/clients");
            assertThat(before.at("/items/1/service")).isEqualTo("shop/storefront");
            assertThat(before.at("/items/1/connected")).isEqualTo("true");
            assertThat(before.at("/items/1/behind/0")).isEqualTo("shop/catalog");
            assertThat(before.at("/items/0/instances/0")).isEqualTo("shop/catalog-1");

            client.post(
                    "/api/v1/sessions/" + session,
                    "{\"applied\":{\"shop/catalog\":" + snapshot.revision()
                            + "},\"rejected\":[{\"kind\":\"Route\",\"name\":\"shop/catalog\",\"resourceVersion\":\"3\",\"reason\":\"no\"}],\"stale\":7}");
            Answer after = client.get("/api/v1/clients");
            assertThat(after.at("/items/1/behind/0")).isEmpty();
            assertThat(after.at("/items/1/rejected/0/reason")).isEqualTo("no");
            assertThat(after.at("/items/1/staleMillis")).isEqualTo("7");
            assertThat(after.at("/items/1/appliedRevision")).isEqualTo(after.at("/revision"));
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(client.get("/api/v1/clients").at("/items/1/connected"))
                        .isEqualTo("false"));
    }

    @Test
    void anInstanceOfAnotherNamespaceIsRefused() {
        String session = open("catalog", "");
        String foreign = instance("catalog-1", "a1").replace("\"namespace\":\"shop\"", "\"namespace\":\"other\"");

        Answer answer = client.put("/api/v1/sessions/" + session + "/instances/catalog-1", foreign);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/problems/0/pointer")).isEqualTo("/metadata/namespace");
    }

    private String open(String service, String subscriptions) {
        Answer opened = client.post(
                "/api/v1/sessions",
                "{\"service\":\"shop/" + service + "\",\"process\":\"p1\",\"schemas\":" + SCHEMAS
                        + ",\"subscriptions\":[" + subscriptions + "]}");
        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.at("/lease")).isEqualTo("30s");
        return opened.at("/session");
    }

    private Answer register(String session, String name, String uid) {
        return client.put("/api/v1/sessions/" + session + "/instances/" + name, instance(name, uid));
    }

    private static String instance(String name, String uid) {
        return "{\"kind\":\"" + Instance.class.getSimpleName() + "\",\"metadata\":{\"namespace\":\"shop\",\"name\":\""
                + name + "\"},\"spec\":{\"service\":\"catalog\",\"uid\":\"" + uid
                + "\",\"host\":\"127.0.0.1\",\"port\":8081}}";
    }
}
