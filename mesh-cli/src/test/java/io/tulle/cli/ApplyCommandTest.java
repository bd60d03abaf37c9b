package io.tulle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApplyCommandTest extends AgainstFakeRegistry {
    @Test
    void applySendsServicesFirstAndSaysWhatBecameOfThem() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), ROUTE_FILE);
        Files.writeString(folder.resolve("b.yaml"), "kind: Service\nmetadata: {namespace: shop, name: catalog}\n");
        registry.on("POST /api/v1/apply", 200, """
                {"revision": 18, "items": [{"kind": "Service", "namespace": "shop", "name": "catalog", "result": "created"},
                 {"kind": "Route", "namespace": "shop", "name": "catalog", "result": "configured"}]}""");
        assertThat(shop("apply", "-f", folder))
                .isEqualTo(new Ran(0, "service/catalog created\nroute/catalog configured\n", ""));
        assertThat(registry.asked()).hasSize(1);
        assertThat(registry.asked().get(0))
                .startsWith("POST /api/v1/apply [{\"kind\":\"Service\"")
                .contains("{\"kind\":\"Route\",\"metadata\":{\"namespace\":\"shop\"", "\"weight\":50");
    }

    @Test
    void applySendsThirtyAtMostAtOnce() throws IOException {
        StringBuilder services = new StringBuilder();
        for (int i = 0; i < 31; i++) {
            services.append("---\nkind: Service\nmetadata: {name: s").append(i).append("}\n");
        }
        Files.writeString(folder.resolve("s.yaml"), services);
        registry.on(
                "POST /api/v1/apply",
                200,
                "{\"items\": [{\"kind\": \"Service\", \"name\": \"s\", \"result\": \"created\"}]}");
        registry.on(
                "POST /api/v1/apply",
                422,
                "{\"code\": \"invalid-resource\", \"problems\": [{\"pointer\": \"/0/metadata\", \"detail\": \"no\"}]}");
        Ran ran = shop("apply", "-f", folder);
        assertThat(ran.out()).isEqualTo("service/s created\n");
        assertThat(ran.err()).isEqualTo("30 of 31 resources are applied, then:\ns.yaml:93:11: /metadata: no\n");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(registry.asked().get(1))
                .doesNotContain("\"s29\"")
                .contains("{\"namespace\":\"shop\",\"name\":\"s30\"");
        assertThat(shop("apply", "-f", folder, "--dry-run").err())
                .startsWith("--dry-run: 31 resources (expected: at most 30");
    }

    @Test
    void whatTheRegistryRefusesIsSaidWithItsPlaceInTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), ROUTE_FILE);
        registry.on("POST /api/v1/apply", 422, """
                {"code": "invalid-resource", "title": "Unprocessable", "problems": [
                  {"pointer": "/0/spec/rules/0/destinations/1/subset", "detail": "'v2' (expected: a subset of shop/catalog)"},
                  {"pointer": "/0/spec/rules/0/retry", "detail": "bad\\u001b[2J"}, {"pointer": "header/If-Match", "detail": "odd"}]}""");
        Ran ran = shop("apply", "-f", file);
        assertThat(ran.err().lines())
                .containsExactly(
                        file + ":8:57: /spec/rules/0/destinations/1/subset: 'v2' (expected: a subset of shop/catalog)",
                        file + ":6:7: /spec/rules/0/retry: bad?[2J",
                        "header/If-Match: odd");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void aBadFileIsNotSent() throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), "kind: Service\nmetadata: {name: A, colour: red}\n");
        assertThat(shop("apply", "-f", file, "-f", folder).err().lines()).hasSize(4);
        assertThat(shop("apply", "-f", folder.resolve("nowhere.yaml")))
                .isEqualTo(new Ran(
                        2,
                        "",
                        folder.resolve("nowhere.yaml") + ": does not exist (expected: a file, a folder or -)\n"));
        Files.writeString(file, "kind: Service\nmetadata: {name: a}\n---\nkind: Service\nmetadata: {name: a}\n");
        assertThat(shop("apply", "-f", file).err())
                .isEqualTo(file + ":4: Service shop/a a second time (expected: each resource once; the first is at "
                        + file + ":1)\n");
        Files.writeString(file, "# nothing\n");
        assertThat(shop("apply", "-f", file).code()).isEqualTo(1);
        assertThat(registry.asked()).isEmpty();
    }

    @Test
    void theNamespaceOfTheCommandLineHoldsForResourcesThatSayNone() {
        registry.on("POST /api/v1/apply", 200, "{}");
        String service = "kind: Service\nmetadata: {name: a}\n";
        Map<String, String> environment = Map.of("MESH_REGISTRY", registry.url(), "MESH_NAMESPACE", "other");
        Ran.with(environment, service, "apply", "-f", "-");
        Ran.with(environment, service, "apply", "-f", "-", "-n", "flag");
        Ran.with(environment, ROUTE_FILE, "apply", "-f", "-");
        assertThat(registry.asked())
                .satisfiesExactly(
                        body -> assertThat(body).contains("\"namespace\":\"other\""),
                        body -> assertThat(body).contains("\"namespace\":\"flag\""),
                        body -> assertThat(body).contains("\"namespace\":\"shop\""));
        assertThat(Ran.with(environment, ROUTE_FILE, "apply", "-f", "-", "-n", "flag")
                        .err())
                .isEqualTo("standard input:2:23: 'shop' (expected: 'flag', because of --namespace)\n");
    }

    @Test
    void overwriteForgetsTheVersionOfTheFile() {
        registry.on("POST /api/v1/apply", 200, "{}");
        Map<String, String> environment = Map.of("MESH_REGISTRY", registry.url());
        Ran.with(environment, CATALOG, "apply", "-f", "-");
        Ran.with(environment, CATALOG, "apply", "-f", "-", "--overwrite");
        assertThat(registry.asked().get(0)).contains("\"resourceVersion\":\"4\"");
        assertThat(registry.asked().get(1)).contains("\"resourceVersion\":\"\"");
    }

    @Test
    void aDryRunSaysWhomItConcerns() {
        registry.on("POST /api/v1/apply?dryRun=true", 200, """
                {"dryRun": true, "affected": {"services": ["shop/catalog"], "callers": []},
                 "items": [{"kind": "Route", "namespace": "shop", "name": "catalog", "result": "configured"}]}""");
        Ran ran = Ran.with(Map.of("MESH_REGISTRY", registry.url()), ROUTE_FILE, "apply", "--dry-run", "-f", "-");
        assertThat(ran.out().lines())
                .containsExactly(
                        "route/catalog configured (dry run)",
                        "services whose configuration changes: shop/catalog",
                        "callers that follow them: none");
    }

    @Test
    void deleteFromFilesRemovesServicesLast() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "kind: Service\nmetadata: {namespace: shop, name: catalog}\n");
        Files.writeString(folder.resolve("b.yaml"), ROUTE_FILE);
        registry.on("DELETE " + SHOP + "routes/catalog", 200, ROUTE);
        registry.on(
                "DELETE " + SHOP + "services/catalog",
                409,
                "{\"code\": \"in-use\", \"detail\": \"instances of it live: catalog-1\"}");
        Ran ran = shop("delete", "-f", folder);
        assertThat(ran)
                .isEqualTo(new Ran(
                        1,
                        "route/catalog deleted\n",
                        "service/catalog: instances of it live: catalog-1 (409 in-use)\n"));
        assertThat(shop("delete", "inst", "x", "y", "--ignore-not-found")).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void whatIsInTheWayIsSaidOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), ROUTE_FILE);
        String problem = "{\"code\": \"conflict\", \"detail\": \"version 17 is there\", \"problems\": [%s]}";
        String place = "{\"pointer\": \"/0/metadata/resourceVersion\", \"detail\": \"'16' (expected: 17)\"}";
        registry.on("POST /api/v1/apply", 409, problem.formatted(place));
        registry.on("POST /api/v1/apply", 409, problem.formatted(place + "," + place));
        assertThat(shop("apply", "-f", file).err()).isEqualTo("version 17 is there (409 conflict)\n");
        assertThat(shop("apply", "-f", file).err().lines())
                .hasSize(3)
                .last()
                .isEqualTo(file + ":2:11: /metadata/resourceVersion: '16' (expected: 17)");
    }
}
