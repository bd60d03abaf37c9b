package io.tulle.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.registry.contract.Answer;
import io.tulle.registry.contract.ContractClient;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every answer here is held against the contract, too: see {@link ContractClient}. */
class ResourceEndpointsTest {
    private static final String SERVICES = "/api/v1/namespaces/shop/services";
    private static final String CATALOG = SERVICES + "/catalog";
    private static final String ROUTES = "/api/v1/namespaces/shop/routes";

    private static final HttpShell SHELL = ResourceHost.open();

    private final ResourceHost host = new ResourceHost(SHELL);
    private final ContractClient client = host.client;

    @AfterEach
    void stop() {
        host.close();
    }

    @AfterAll
    static void stopAll() {
        SHELL.close();
    }

    @Test
    void aResourceIsCreatedReadReplacedAndDeleted() {
        Answer created = client.put(CATALOG, service("catalog", "http"));
        Answer read = client.get(CATALOG);
        Answer replaced = client.put(CATALOG, service("catalog", "grpc"));
        Answer deleted = client.delete(CATALOG);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(created.body());
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
        assertThat(read.at("/metadata/resourceVersion")).isEqualTo("1");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.header("ETag")).isEqualTo("\"2\"");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body()).isEqualTo(replaced.body());
        assertThat(List.of(created, replaced, deleted))
                .extracting(answer -> answer.header("Mesh-Revision"))
                .containsExactly("1", "2", "3");
        assertThat(client.get(CATALOG).status()).isEqualTo(404);
    }

    @Test
    void whatChangesNothingMakesNoRevision() {
        client.put(CATALOG, service("catalog", "http"));

        Answer again = client.put(CATALOG, client.get(CATALOG).body());

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("ETag")).isEqualTo("\"1\"");
        assertThat(host.store.revision()).isOne();
    }

    @Test
    void theNamespaceMayBeLeftToThePath() {
        Answer created = client.put(CATALOG, "{\"kind\":\"Service\",\"metadata\":{\"name\":\"catalog\"}}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/metadata/namespace")).isEqualTo("shop");
    }

    @Test
    void aBodyMayBeYaml() {
        Answer created = client.sendBody(
                "PUT",
                CATALOG,
                "kind: Service\nmetadata: {name: catalog}\nspec: {protocol: grpc}\nstatus: {any: thing}\n",
                "Content-Type",
                "application/yaml; charset=UTF-8");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/spec/protocol")).isEqualTo("grpc");
    }

    @Test
    void otherMediaTypesAreRefused() {
        for (String type : new String[] {
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=utf-16",
            "application/jsonp",
            ";"
        }) {
            Answer refused = client.sendBody("PUT", CATALOG, service("catalog", "http"), "Content-Type", type);

            assertThat(refused.status()).as(type).isEqualTo(415);
            assertThat(refused.code()).isEqualTo("unsupported-media-type");
        }
        assertThat(host.store.revision()).isZero();
    }

    @Test
    void creatingWhatExistsIsRefused() {
        assertThat(client.post(SERVICES, service("catalog", "http")).status()).isEqualTo(201);

        Answer second = client.post(SERVICES, service("catalog", "grpc"));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("already-exists");
    }

    @Test
    void preconditionsAreHeeded() {
        client.put(CATALOG, service("catalog", "http"), "If-None-Match", "*");

        assertThat(client.put(CATALOG, service("catalog", "grpc"), "If-None-Match", "*")
                        .code())
                .isEqualTo("precondition-failed");
        assertThat(client.put(CATALOG, service("catalog", "grpc"), "If-Match", "\"7\"")
                        .status())
                .isEqualTo(412);
        assertThat(client.delete(CATALOG, "If-Match", "\"7\"").status()).isEqualTo(412);
        assertThat(client.put(CATALOG, service("catalog", "grpc"), "If-Match", "\"1\"")
                        .status())
                .isEqualTo(200);
        assertThat(client.delete(CATALOG, "If-Match", "\"1\", \"2\"").status()).isEqualTo(200);
        assertThat(client.delete(CATALOG, "If-Match", "2").code()).isEqualTo("invalid-parameter");
    }

    @Test
    void aStaleVersionInTheBodyIsAConflict() {
        String read = client.put(CATALOG, service("catalog", "http")).body();
        client.put(CATALOG, service("catalog", "grpc"));

        Answer refused = client.put(CATALOG, read);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("conflict");
        assertThat(refused.at("/problems/0/pointer")).isEqualTo("/metadata/resourceVersion");
    }

    @Test
    void aTrialSaysWhomItConcernsAndWritesNothing() {
        client.put(CATALOG, service("catalog", "http"));

        Answer tried = client.put(CATALOG + "?dryRun=true", service("catalog", "grpc"));
        Answer created = client.post(ROUTES + "?dryRun", route("catalog", "1s"));
        Answer deleted = client.delete(CATALOG + "?dryRun=true");

        assertThat(tried.status()).isEqualTo(200);
        assertThat(tried.json().at("/dryRun").asBoolean()).isTrue();
        assertThat(tried.at("/affected/services/0")).isEqualTo("shop/catalog");
        assertThat(tried.json().at("/affected/callers").size()).isZero();
        assertThat(tried.header("ETag")).isEmpty();
        assertThat(tried.header("Mesh-Revision")).isEmpty();
        assertThat(created.status()).isEqualTo(200);
        assertThat(deleted.at("/affected/services/0")).isEqualTo("shop/catalog");
        assertThat(host.store.revision()).isOne();
    }

    @Test
    void queriesAreStrict() {
        for (String query : new String[] {
            "dryrun=true", "dryRun=yes", "dryRun=true&dryRun=true", "limit=5", "x", "dry%52un=true&%00=1"
        }) {
            Answer refused = client.put(CATALOG + "?" + query, service("catalog", "http"));

            assertThat(refused.status()).as(query).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("invalid-parameter");
        }
        for (String query : new String[] {
            "limit=0",
            "limit=501",
            "limit=-1",
            "limit=9999999999",
            "limit=",
            "limit=1e2",
            "continue=x",
            "labelSelector=a=b=c"
        }) {
            Answer refused = client.get(SERVICES + "?" + query);

            assertThat(refused.status()).as(query).isEqualTo(400);
            assertThat(refused.at("/problems/0/pointer")).isEqualTo("query/" + query.replaceFirst("=.*", ""));
        }
        assertThat(host.store.revision()).isZero();
        assertThat(client.put(CATALOG + "?dryrun=true", service("catalog", "http"))
                        .at("/detail"))
                .isEqualTo("dryrun: unknown parameter (expected: one of dryRun; did you mean dryRun?)");
    }

    @Test
    void listsAreSelectedAndCutIntoPages() {
        for (String name : new String[] {"a", "b", "c"}) {
            client.put(SERVICES + "/" + name, service(name, "http"));
        }
        client.put(
                "/api/v1/namespaces/web/services/front",
                "{\"kind\":\"Service\",\"metadata\":{\"name\":\"front\",\"labels\":{\"tier\":\"a\"}}}");

        Answer first = client.get("/api/v1/services?limit=3");
        Answer second = client.get("/api/v1/services?limit=3&continue=" + first.at("/continue"));

        assertThat(first.at("/kind")).isEqualTo("ServiceList");
        assertThat(first.json().at("/items").size()).isEqualTo(3);
        assertThat(second.json().at("/items").size()).isEqualTo(1);
        assertThat(second.at("/items/0/metadata/name")).isEqualTo("front");
        assertThat(second.json().has("continue")).isFalse();
        assertThat(client.get(SERVICES).json().at("/items").size()).isEqualTo(3);
        assertThat(client.get("/api/v1/services?labelSelector=tier%20in%20(a,b),!old")
                        .at("/items/0/metadata/name"))
                .isEqualTo("front");
        assertThat(client.get("/api/v1/namespaces/none/services")
                        .json()
                        .at("/items")
                        .size())
                .isZero();
        assertThat(client.get("/api/v1/namespaces").json().at("/items").toString())
                .isEqualTo("[\"shop\",\"web\"]");
    }

    @Test
    void whatIsNotThereIsSaidWithNearNames() {
        client.put(CATALOG, service("catalog", "http"));

        assertThat(client.get(SERVICES + "/catlog").at("/detail"))
                .isEqualTo("Service shop/catlog does not exist; did you mean catalog?");
        assertThat(client.get("/api/v1/servces").at("/detail"))
                .isEqualTo("'servces' is no kind (expected: one of services, routes, trafficpolicies, instances,"
                        + " instanceoverrides; did you mean services?)");
        assertThat(client.get("/api/v1/namespaces/shop/Services").code()).isEqualTo("not-found");
        assertThat(client.get(SERVICES + "/" + "x".repeat(3000)).at("/detail")).hasSizeLessThan(200);
        assertThat(client.get(CATALOG + "/history/more").status()).isEqualTo(404);
    }

    @Test
    void otherMethodsAreRefusedWithThoseThatAreAllowed() {
        Answer refused = client.post(CATALOG, service("catalog", "http"));

        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("Allow")).isEqualTo("DELETE, GET, PUT");
        assertThat(client.delete(SERVICES).status()).isEqualTo(405);
        assertThat(client.send("PATCH", CATALOG).status()).isEqualTo(405);
    }

    @Test
    void severalAreAppliedInOneRevision() {
        Answer applied =
                client.post("/api/v1/apply", "[" + route("catalog", "1s") + "," + service("catalog", "http") + "]");
        Answer again =
                client.post("/api/v1/apply", "[" + route("catalog", "2s") + "," + service("catalog", "http") + "]");

        assertThat(applied.body())
                .isEqualTo(
                        "{\"revision\":1,\"items\":["
                                + "{\"kind\":\"Route\",\"namespace\":\"shop\",\"name\":\"catalog\",\"result\":\"created\",\"resourceVersion\":\"1\"},"
                                + "{\"kind\":\"Service\",\"namespace\":\"shop\",\"name\":\"catalog\",\"result\":\"created\",\"resourceVersion\":\"1\"}]}");
        assertThat(again.at("/items/0/result")).isEqualTo("configured");
        assertThat(again.at("/items/1/result")).isEqualTo("unchanged");
        assertThat(again.at("/items/1/resourceVersion")).isEqualTo("1");
    }

    @Test
    void yamlDocumentsAreApplied() {
        Answer applied = client.sendBody("POST", "/api/v1/apply?dryRun=true", """
                kind: Service
                metadata: {namespace: shop, name: catalog}
                ---
                kind: Route
                metadata: {namespace: shop, name: catalog}
                spec: {service: catalog}
                """, "Content-Type", "application/yaml");

        assertThat(applied.status()).isEqualTo(200);
        assertThat(applied.at("/affected/services/0")).isEqualTo("shop/catalog");
        assertThat(host.store.revision()).isZero();
    }

    @Test
    void allProblemsOfAListHaveTheirPlaces() {
        Answer refused = client.post(
                "/api/v1/apply",
                "[" + service("good", "http") + "," + route("bad", "1s") + "," + route("worse", "1s") + "]");
        Answer stale = client.post(
                "/api/v1/apply",
                "[" + service("a", "http").replace("\"name\"", "\"resourceVersion\":\"7\",\"name\"") + ","
                        + service("b", "http").replace("\"name\"", "\"resourceVersion\":\"8\",\"name\"") + "]");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/problems/0/pointer")).isEqualTo("/1/spec/service");
        assertThat(refused.at("/problems/1/pointer")).isEqualTo("/2/spec/service");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.at("/problems/1/pointer")).isEqualTo("/1/metadata/resourceVersion");
        assertThat(host.store.revision()).isZero();
    }

    @Test
    void moreThanThirtyOrTheSameTwiceAreRefused() {
        StringBuilder many = new StringBuilder("[").append(service("s", "http"));
        for (int i = 0; i < 30; i++) {
            many.append(',').append(service("s" + i, "http"));
        }

        assertThat(client.post("/api/v1/apply", many + "]").at("/detail")).isEqualTo("31 resources (expected: 1..30)");
        assertThat(client.post("/api/v1/apply", "[" + service("a", "http") + "," + service("a", "grpc") + "]")
                        .at("/problems/0/pointer"))
                .isEqualTo("/1/metadata/name");
    }

    @Test
    void historyDiffAndRollback() {
        client.put(CATALOG, service("catalog", "http"));
        client.put(CATALOG, service("catalog", "grpc"));
        client.delete(CATALOG);

        Answer history = client.get(CATALOG + "/history");
        Answer diff = client.get(CATALOG + "/diff?from=1&to=2");
        Answer deletion = client.get(CATALOG + "/diff?from=2");
        Answer tried = client.send("POST", CATALOG + "/rollback?to=1&dryRun=true");
        Answer back = client.send("POST", CATALOG + "/rollback?to=1");

        assertThat(history.at("/items/0/number")).isEqualTo("3");
        assertThat(history.json().at("/items/0/deleted").asBoolean()).isTrue();
        assertThat(history.at("/items/2/resource/spec/protocol")).isEqualTo("http");
        assertThat(diff.body())
                .isEqualTo(
                        "{\"from\":1,\"to\":2,\"changes\":[{\"pointer\":\"/spec/protocol\",\"from\":\"http\",\"to\":\"grpc\"}]}");
        assertThat(deletion.at("/changes/0/from/spec/protocol")).isEqualTo("grpc");
        assertThat(deletion.json().at("/changes/0").has("to")).isFalse();
        assertThat(tried.status()).isEqualTo(200);
        assertThat(back.status()).isEqualTo(201);
        assertThat(client.get(CATALOG).at("/spec/protocol")).isEqualTo("http");
        assertThat(client.get(CATALOG + "/history").at("/items/0/number")).isEqualTo("4");
        assertThat(client.send("POST", CATALOG + "/rollback?to=2").status()).isEqualTo(200);
    }

    @Test
    void versionsThatAreNotKeptAreRefused() {
        client.put(CATALOG, service("catalog", "http"));
        client.delete(CATALOG);

        assertThat(client.send("POST", CATALOG + "/rollback?to=3").at("/detail"))
                .isEqualTo("to: '3' (expected: 1..2)");
        assertThat(client.send("POST", CATALOG + "/rollback?to=2").at("/detail"))
                .contains("not a deletion");
        assertThat(client.send("POST", CATALOG + "/rollback").at("/detail")).contains("to: missing");
        assertThat(client.get(CATALOG + "/diff?to=1").code()).isEqualTo("invalid-parameter");
        assertThat(client.get(CATALOG + "/diff?from=x").code()).isEqualTo("invalid-parameter");
        assertThat(client.get(SERVICES + "/other/history").status()).isEqualTo(404);
        assertThat(client.send("POST", CATALOG + "/rollback?to=1", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void aRollbackMustStillFit() {
        client.put(
                CATALOG,
                "{\"kind\":\"Service\",\"metadata\":{\"name\":\"catalog\"},"
                        + "\"spec\":{\"subsets\":[{\"name\":\"v1\",\"labels\":{\"version\":\"v1\"}}]}}");
        client.put(
                ROUTES + "/catalog",
                route("catalog", "1s").replace("\"destinations\":[]", "\"destinations\":[{\"subset\":\"v1\"}]"));
        client.put(ROUTES + "/catalog", route("catalog", "1s"));
        client.put(CATALOG, service("catalog", "http"));

        Answer refused = client.send("POST", ROUTES + "/catalog/rollback?to=1");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/problems/0/pointer")).isEqualTo("/spec/rules/0/destinations/0/subset");
    }

    @Test
    void aServiceInUseIsNotDeleted() {
        client.post("/api/v1/apply", "[" + route("catalog", "1s") + "," + service("catalog", "http") + "]");

        Answer refused = client.delete(CATALOG);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("in-use");
        assertThat(refused.at("/detail"))
                .isEqualTo("Service shop/catalog is used by Route shop/catalog; delete or change what uses it first");
    }

    private static String service(String name, String protocol) {
        return "{\"kind\":\"Service\",\"metadata\":{\"namespace\":\"shop\",\"name\":\"" + name
                + "\"},\"spec\":{\"protocol\":\"" + protocol + "\"}}";
    }

    private static String route(String service, String timeout) {
        return "{\"kind\":\"Route\",\"metadata\":{\"namespace\":\"shop\",\"name\":\"" + service
                + "\"},\"spec\":{\"service\":\"" + service + "\",\"rules\":[{\"destinations\":[],\"timeout\":\""
                + timeout
                + "\"}]}}";
    }
}
