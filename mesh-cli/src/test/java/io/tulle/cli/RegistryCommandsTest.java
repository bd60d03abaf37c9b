package io.tulle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.cli.admin.Console;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RegistryCommandsTest {
    private static final String SHOP = "/api/v1/namespaces/shop/";
    private static final String CATALOG = """
            {"kind": "Service", "metadata": {"namespace": "shop", "name": "catalog", "labels": {"tier": "back"}, "resourceVersion": "4"},
             "spec": {"protocol": "http", "subsets": [{"name": "v1", "labels": {"version": "v1"}}, {"name": "v2", "labels": {"version": "v2"}}]}}""";
    private static final String ROUTE = """
            {"kind": "Route", "metadata": {"namespace": "shop", "name": "catalog", "labels": {}, "resourceVersion": "17"},
             "spec": {"service": "catalog", "rules": [{"name": "canary", "matches": [],
              "destinations": [{"service": "", "subset": "v1", "weight": 90}, {"service": "", "subset": "v2", "weight": 10}],
              "timeout": "2s", "retry": {"attempts": 3, "attemptTimeout": "0s", "statuses": [500, 502, 503, 504], "backoffBase": "25ms", "backoffMax": "250ms"}}],
              "retryBudget": {"percent": 10, "minPerSecond": 1, "window": "10s"}}}""";
    private static final String ROUTE_FILE = """
            kind: Route
            metadata: {namespace: shop, name: catalog}
            spec:
              service: catalog
              rules:
                - name: canary
                  timeout: 2s
                  destinations: [{subset: v1, weight: 50}, {subset: v2, weight: 50}]
            """;

    private FakeRegistry registry;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static String instance(String name, String uid, int port) {
        return """
                {"kind": "Instance", "metadata": {"namespace": "shop", "name": "%s", "labels": {"version": "v1"}, "resourceVersion": "5"},
                 "spec": {"service": "catalog", "uid": "%s", "host": "127.0.0.1", "port": %d, "weight": 100, "state": "active"}}""".formatted(name, uid, port);
    }

    private Ran shop(Object... args) {
        return Ran.with(Map.of("MESH_REGISTRY", registry.url(), "MESH_NAMESPACE", "shop"), "", args);
    }

    @Test
    void getPrintsATableInThatNamespace() {
        registry.list(
                SHOP + "instances?limit=500", instance("catalog-1", "a1", 8081), instance("catalog-10", "b2", 8082));
        assertThat(shop("get", "inst").out().lines())
                .containsExactly(
                        "NAME        SERVICE  ADDRESS         WEIGHT  STATE   VERSION",
                        "catalog-1   catalog  127.0.0.1:8081  100     active  5",
                        "catalog-10  catalog  127.0.0.1:8082  100     active  5");
        assertThat(shop("get", "Instances", "-o", "wide").out())
                .contains("UID  VERSION  LABELS", "a1   5        version=v1");
        assertThat(shop("get", "instance", "-o", "name").out().lines())
                .containsExactly("instance/catalog-1", "instance/catalog-10");
    }

    @Test
    void flagsWinOverTheEnvironment() {
        registry.on("GET /api/v1/namespaces/other/services/catalog", 200, CATALOG);
        Map<String, String> environment = Map.of("MESH_REGISTRY", "http://127.0.0.1:1", "MESH_NAMESPACE", "shop");
        Ran ran = Ran.with(
                environment, "", "get", "svc", "catalog", "--registry", registry.url(), "-n", "other", "-o", "name");
        assertThat(ran).isEqualTo(new Ran(0, "service/catalog\n", ""));
    }

    @Test
    void getFollowsPagesAndSendsTheSelector() {
        String path = "GET /api/v1/services?labelSelector=tier+in+%28back%29&limit=500";
        registry.on(path, 200, "{\"items\": [" + CATALOG + "], \"continue\": \"a+b\"}");
        registry.list("/api/v1/services?labelSelector=tier+in+%28back%29&limit=500&continue=a%2Bb", CATALOG);
        Ran ran = shop("get", "services", "-A", "-l", "tier in (back)");
        assertThat(ran.out().lines())
                .containsExactly(
                        "NAMESPACE  NAME     PROTOCOL  SUBSETS  VERSION",
                        "shop       catalog  http      v1,v2    4",
                        "shop       catalog  http      v1,v2    4");
    }

    @Test
    void getOfOneIsThatResourceAndOfSeveralIsAList() {
        registry.on("GET " + SHOP + "services/catalog", 200, CATALOG);
        registry.on("GET " + SHOP + "routes/catalog", 200, ROUTE);
        assertThat(shop("get", "svc/catalog", "-o", "json").out())
                .startsWith("{\n")
                .contains("\"resourceVersion\" : \"4\"");
        assertThat(shop("get", "svc/catalog", "rt/catalog", "-o", "json").out())
                .startsWith("[")
                .contains("\"Route\"");
        assertThat(shop("get", "svc/catalog", "rt/catalog", "-o", "yaml").out())
                .startsWith("---\nkind: Service\nmetadata:\n  namespace: shop\n")
                .contains("---\nkind: Route");
        assertThat(shop("get", "svc/catalog", "rt/catalog").out())
                .contains("service/catalog  http", "route/catalog  catalog  1");
    }

    @Test
    void getOfNothingSaysWhereThereIsSomething() {
        registry.list("/api/v1/namespaces/default/services?limit=500").list("/api/v1/namespaces", "\"shop\"");
        Ran ran = Ran.of("get", "services", "--registry", registry.url());
        assertThat(ran)
                .isEqualTo(
                        new Ran(
                                0,
                                "",
                                "no services in namespace default (there are resources in shop: use -n or --all-namespaces)\n"));
    }

    @Test
    void whatIsNotFoundIsExitCodeOne() {
        registry.on(
                "GET " + SHOP + "instances/catalog-9",
                404,
                "{\"code\": \"not-found\", \"detail\": \"no instance catalog-9; did you mean catalog-1?\"}");
        assertThat(shop("get", "instance", "catalog-9"))
                .isEqualTo(new Ran(1, "", "no instance catalog-9; did you mean catalog-1? (404 not-found)\n"));
    }

    @Test
    void wrongUseIsExitCodeTwoAndAsksNobody() {
        assertThat(shop("get", "rout").err())
                .startsWith("'rout' (expected: a kind, one of services (svc), ")
                .contains("did you mean route?");
        assertThat(shop("get", "route", "../x").code()).isEqualTo(2);
        assertThat(shop("get", "route", "Catalog").err())
                .startsWith("route: 'Catalog' (expected: lower-case letters, digits and '-')");
        assertThat(shop("get", "route,svc", "a").code()).isEqualTo(2);
        assertThat(shop("get", "route", "a", "-A").err()).startsWith("--all-namespaces: does not go with names");
        assertThat(shop("get").err()).startsWith("Missing required parameter: 'KIND [NAME...]'");
        assertThat(shop("get", "route", "-n", "a/b").err()).startsWith("--namespace: 'a/b' (expected: ");
        assertThat(shop("delete").err()).startsWith("expected: either KIND NAME or --filename");
        assertThat(shop("delete", "route").err()).startsWith("'route' (expected: KIND NAME or KIND/NAME)");
        assertThat(shop("history", "route/a", "route/b").code()).isEqualTo(2);
        assertThat(shop("registry", "--data", "x").err())
                .startsWith("registry: not part of this program (expected: the launcher, ./mesh registry --data x)");
        for (String url : new String[] {"localhost:7070", "ftp://a", "http://a b", "http://a/?x=1", "http:"}) {
            Ran ran = Ran.of("get", "svc", "--registry", url);
            assertThat(ran.err())
                    .startsWith("--registry: '" + url + "'")
                    .contains("(expected: a URL such as http://127.0.0.1:7070)");
            assertThat(ran.code()).isEqualTo(2);
        }
        assertThat(registry.asked()).isEmpty();
    }

    @Test
    void anUnreachableRegistryIsExitCodeTwoAndSaysWhatToDo() {
        registry.close();
        assertThat(shop("get", "services"))
                .isEqualTo(new Ran(
                        2,
                        "",
                        registry.url()
                                + ": no registry can be reached there; start one with ./mesh registry, or name another"
                                + " with --registry URL or MESH_REGISTRY\n"));
    }

    @Test
    void whatIsNoRegistryIsSaidToBeNone() {
        registry.on("GET " + SHOP + "services?limit=500", 200, "<html>")
                .on("GET " + SHOP + "routes?limit=500", 404, "{}");
        assertThat(shop("get", "services").err())
                .contains("answers 200 with something else than JSON: this is no registry");
        assertThat(shop("get", "routes").err()).contains("answers 404 without saying why: this is no registry");
        assertThat(shop("get", "routes").code()).isEqualTo(2);
    }

    @Test
    void aRegistryThatCannotServeIsExitCodeTwo() {
        registry.on(
                "POST " + "/api/v1/apply",
                503,
                "{\"code\": \"read-only\", \"detail\": \"the disk is full: free some space\"}");
        Ran ran = Ran.with(Map.of("MESH_REGISTRY", registry.url()), ROUTE_FILE, "apply", "-f", "-");
        assertThat(ran)
                .isEqualTo(new Ran(2, "", registry.url() + ": the disk is full: free some space (503 read-only)\n"));
    }

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
    void diffSaysEachFieldAndExitsWithOne() throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), ROUTE_FILE);
        registry.on("GET " + SHOP + "routes/catalog", 200, ROUTE);
        Ran ran = shop("diff", "-f", file);
        assertThat(ran.out().lines())
                .containsExactly(
                        "--- shop route/catalog (registry, version 17)",
                        "+++ shop route/catalog (" + file + ":1)",
                        "@@ /spec/rules/0/destinations/0/weight @@",
                        "-90",
                        "+50",
                        "@@ /spec/rules/0/destinations/1/weight @@",
                        "-10",
                        "+50");
        assertThat(ran.code()).isEqualTo(1);
        Files.writeString(
                file, ROUTE_FILE.replace("weight: 50}, {", "weight: 90}, {").replace("weight: 50}]", "weight: 10}]"));
        assertThat(shop("diff", "-f", file)).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void diffIsColouredForATerminalOnly() {
        StringWriter out = new StringWriter();
        Console console = new Console(
                new ByteArrayInputStream("kind: Service\nmetadata: {name: a}\n".getBytes(StandardCharsets.UTF_8)),
                Map.of("MESH_REGISTRY", registry.url())::get);
        CommandLine command = MeshCommand.commandLine(console).setOut(new PrintWriter(out));
        command.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.ON));
        command.execute("diff", "-f", "-");
        assertThat(out.toString()).contains("\u001b[32m+kind: Service\u001b[m");
    }

    @Test
    void diffOfWhatIsNewIsAllOfIt() {
        Ran ran = Ran.with(
                Map.of("MESH_REGISTRY", registry.url()), "kind: Service\nmetadata: {name: a}\n", "diff", "-f", "-");
        assertThat(ran.out())
                .startsWith(
                        "--- default service/a (not in the registry)\n+++ default service/a (standard input:1)\n+kind: Service\n")
                .contains("+  protocol: http\n");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void diffThatCannotSayIsExitCodeTwo() {
        assertThat(Ran.with(Map.of("MESH_REGISTRY", registry.url()), "kind: Servize\n", "diff", "-f", "-")
                        .code())
                .isEqualTo(2);
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
    void historyAndRollback() {
        String history = "{\"number\": %d, \"revision\": %d, \"deleted\": %s, \"resource\": %s}";
        String canary = ROUTE.replace("\"weight\": 10", "\"weight\": 25");
        registry.list(
                SHOP + "routes/catalog/history",
                history.formatted(4, 19, false, canary),
                history.formatted(3, 18, true, ROUTE),
                history.formatted(2, 17, false, ROUTE),
                history.formatted(1, 12, false, canary));
        assertThat(shop("history", "route", "catalog").out().lines())
                .containsExactly(
                        "NUMBER  REVISION  CHANGE",
                        "4       19        created again",
                        "3       18        deleted",
                        "2       17        /spec/rules/0/destinations/1/weight: 25 -> 10",
                        "1       12        created");
        registry.on("POST " + SHOP + "routes/catalog/rollback?to=2", 200, ROUTE);
        registry.on("POST " + SHOP + "routes/catalog/rollback?to=1", 200, ROUTE);
        assertThat(shop("rollback", "route/catalog").out()).isEqualTo("route/catalog rolled back to version 2\n");
        assertThat(shop("rollback", "route/catalog", "--to", "1").out())
                .isEqualTo("route/catalog rolled back to version 1\n");
        registry.on(
                "GET " + SHOP + "routes/catalog/diff?from=1&to=2",
                200,
                "{\"changes\": [{\"pointer\": \"/spec/a\", \"from\": null, \"to\": {\"b\": 1}}]}");
        assertThat(shop("history", "rt/catalog", "--from", "1", "--to", "2").out())
                .isEqualTo("/spec/a: (none) -> {\"b\":1}\n");
        registry.list(SHOP + "routes/once/history", history.formatted(1, 12, false, ROUTE));
        assertThat(shop("rollback", "route/once").err())
                .isEqualTo("route/once: there is no former version (expected: at least two)\n");
    }

    @Test
    void drainMakesAnOverrideForThisProcess() {
        registry.on("GET " + SHOP + "instances/catalog-1", 200, instance("catalog-1", "a1", 8081));
        registry.list(SHOP + "instanceoverrides?limit=500");
        String path = "PUT " + SHOP + "instanceoverrides/catalog-1";
        registry.on(path, 201, "{}");
        assertThat(shop("drain", "catalog-1")).isEqualTo(new Ran(0, "instance/catalog-1 drains\n", ""));
        assertThat(shop("drain", "catalog-1", "--outlive-restarts").out())
                .isEqualTo("instance/catalog-1 drains, and so will every process that takes its name\n");
        assertThat(registry.asked().stream().filter(asked -> asked.startsWith(path)))
                .satisfiesExactly(
                        asked -> assertThat(asked)
                                .startsWith(path + " If-None-Match: *")
                                .contains(
                                        "\"service\":\"catalog\",\"instance\":\"catalog-1\",\"uid\":\"a1\",\"state\":\"draining\""),
                        asked -> assertThat(asked).contains("\"uid\":\"\",\"state\":\"draining\""));
        assertThat(shop("drain", "catalog-1", "--undo"))
                .isEqualTo(new Ran(1, "", "instance/catalog-1: nobody drains it\n"));
    }

    @Test
    void drainKeepsTheWeightThatSomebodyHasSet() {
        String override = """
                {"kind": "InstanceOverride", "metadata": {"namespace": "shop", "name": "canary", "labels": {}, "resourceVersion": "8"},
                 "spec": {"service": "catalog", "instance": "catalog-1", "uid": "", %s"weight": 5}}""";
        registry.on("GET " + SHOP + "instances/catalog-1", 200, instance("catalog-1", "a1", 8081));
        registry.list(SHOP + "instanceoverrides?limit=500", override.formatted(""));
        registry.on("PUT " + SHOP + "instanceoverrides/canary", 200, "{}");
        shop("drain", "catalog-1");
        assertThat(registry.asked().get(2))
                .startsWith("PUT " + SHOP + "instanceoverrides/canary If-Match: \"8\"")
                .contains("\"state\":\"draining\",\"weight\":5");
        registry.list(SHOP + "instanceoverrides?limit=500", override.formatted("\"state\": \"draining\", "));
        shop("get", "io"); // takes the first answer
        assertThat(shop("drain", "catalog-1", "--undo").out()).isEqualTo("instance/catalog-1 takes traffic again\n");
        assertThat(registry.asked().get(5)).contains("\"uid\":\"\",\"weight\":5}}");
    }

    @Test
    void undoOfADrainAloneRemovesTheOverride() {
        registry.list(SHOP + "instanceoverrides?limit=500", """
                {"kind": "InstanceOverride", "metadata": {"namespace": "shop", "name": "catalog-1", "labels": {}, "resourceVersion": "8"},
                 "spec": {"service": "catalog", "instance": "catalog-1", "uid": "a1", "state": "draining"}}""");
        registry.on("DELETE " + SHOP + "instanceoverrides/catalog-1", 200, "{}");
        assertThat(shop("drain", "catalog-1", "--undo").out()).isEqualTo("instance/catalog-1 takes traffic again\n");
        assertThat(registry.asked().get(1)).isEqualTo("DELETE " + SHOP + "instanceoverrides/catalog-1 If-Match: \"8\"");
    }

    @Test
    void clientsShowsWhatEachProcessHasInForce() {
        registry.list("/api/v1/clients", """
                {"session": "s1", "service": "shop/storefront", "process": "p1", "client": "tulle 0.1", "connected": true, "remote": "127.0.0.1:5000",
                 "subscriptions": ["shop/catalog"], "instances": ["storefront-1"], "appliedRevision": 25, "behind": ["shop/catalog"],
                 "rejected": [{"kind": "Route", "name": "shop/catalog", "resourceVersion": "26", "reason": "no\\nsuch subset"}],
                 "held": [{"service": "shop/catalog", "instance": "catalog-1", "uid": "u", "reason": "expired", "since": 1500}],
                 "staleMillis": 0, "renewedMillisAgo": 2500}""");
        assertThat(shop("clients").out().lines())
                .containsExactly(
                        "SERVICE          PROCESS  CONNECTED  APPLIED  BEHIND        REJECTED  HELD  STALE  RENEWED",
                        "shop/storefront  p1       yes        25       shop/catalog  1         1     0s     2s500ms ago",
                        "shop/storefront p1 rejects Route shop/catalog, version 26: no?such subset",
                        "shop/storefront p1 keeps shop/catalog instance catalog-1, gone for 1s500ms: expired");
        assertThat(shop("clients", "-o", "wide").out()).contains("tulle 0.1", "127.0.0.1:5000", "storefront-1");
        assertThat(shop("clients", "-o", "json").out()).startsWith("[").contains("\"appliedRevision\" : 25");
    }

    @Test
    void describeShowsWhatConcernsTheService() {
        registry.on("GET " + SHOP + "services/catalog", 200, CATALOG)
                .list(SHOP + "services/catalog/history")
                .list(SHOP + "services?limit=500", CATALOG)
                .list(SHOP + "routes?limit=500", ROUTE)
                .list(SHOP + "trafficpolicies?limit=500")
                .list(SHOP + "instances?limit=500", instance("catalog-1", "a1", 8081))
                .list(SHOP + "instanceoverrides?limit=500")
                .list(
                        "/api/v1/clients",
                        "{\"service\": \"shop/web\", \"process\": \"p\", \"subscriptions\": [\"shop/catalog\"]}");
        assertThat(shop("describe", "svc", "catalog").out())
                .startsWith(
                        "kind     Service\nname     shop/catalog\nversion  4\nlabels   tier=back\n\nspec:\n  protocol: http\n")
                .contains(
                        "also about service shop/catalog\n",
                        "route/catalog  catalog",
                        "instance/catalog-1  catalog  127.0.0.1:8081")
                .contains("followed by\n", "shop/web")
                .doesNotContain("service/catalog ", "history");
    }

    @Test
    void explainReadsTheRegistryWhenThereIsNoFolder() {
        registry.list("/api/v1/services?limit=500", CATALOG.replace("\"protocol\"", "\"newer\": 1, \"protocol\""))
                .list("/api/v1/routes?limit=500", ROUTE)
                .list("/api/v1/trafficpolicies?limit=500")
                .list("/api/v1/instances?limit=500", instance("catalog-1", "a1", 8081))
                .list("/api/v1/instanceoverrides?limit=500");
        Ran ran = shop("explain", "--url", "http://catalog/");
        assertThat(ran.out())
                .contains("rule      'canary', number 1 of Route shop/catalog (version 17)")
                .contains("90.0 %  shop/catalog v1  catalog-1  127.0.0.1:8081");
    }

    @Test
    void watchSaysWhatChanges() {
        String line =
                "{\"type\": \"%s\", \"epoch\": \"e\", \"revision\": %d, \"services\": [{\"service\": \"shop/catalog\", %s}]}%n";
        registry.on(
                "GET /api/v1/watch?service=shop%2Fcatalog",
                200,
                line.formatted(
                                "snapshot",
                                17,
                                "\"resources\": ["
                                        + (ROUTE + "," + instance("catalog-1", "a1", 8081)).replace("\n", " ") + "]")
                        + line.formatted(
                                "change",
                                18,
                                "\"resources\": ["
                                        + ROUTE.replace("\n", " ").replace("\"weight\": 10", "\"weight\": 25") + "]")
                        + "{\"type\":\"progress\",\"epoch\":\"e\",\"revision\":18}\n"
                        + line.formatted(
                                "change",
                                19,
                                "\"removed\": [{\"kind\": \"Instance\", \"name\": \"catalog-1\", \"uid\": \"a1\", \"reason\": \"expired\"}]"));
        Ran ran = shop("watch", "catalog", "--count", "3");
        assertThat(ran.out().lines())
                .containsExactly(
                        "      17  shop/catalog  + route/catalog  version 17",
                        "      17  shop/catalog  + instance/catalog-1  127.0.0.1:8081 weight 100 active",
                        "      18  shop/catalog  ~ route/catalog  /spec/rules/0/destinations/1/weight: 10 -> 25",
                        "      19  shop/catalog  - instance/catalog-1  expired");
        assertThat(ran.code()).isZero();
        assertThat(shop("watch", "shop/catalog", "--count", "1", "-o", "json")
                        .out()
                        .lines())
                .hasSize(1)
                .allMatch(json -> json.startsWith("{\"type\": \"snapshot\""));
    }

    @Test
    void watchGoesOnAfterAnInterruptionAndSaysOnlyWhatIsDifferent() {
        String snapshot =
                "{\"type\": \"snapshot\", \"epoch\": \"e\", \"revision\": %d, \"services\": [{\"service\": \"shop/catalog\", \"resources\": [%s]}]}%n";
        String path = "GET /api/v1/watch?service=shop%2Fcatalog";
        String first = instance("catalog-1", "a1", 8081).replace("\n", " ");
        registry.on(path, 200, snapshot.formatted(17, ROUTE.replace("\n", " ") + "," + first))
                .on(path, 503, "{\"code\": \"not-ready\", \"detail\": \"loading\"}")
                .on(
                        path,
                        200,
                        snapshot.formatted(
                                19,
                                ROUTE.replace("\n", " ") + ","
                                        + instance("catalog-2", "b", 8082).replace("\n", " ")));
        Ran ran = shop("watch", "catalog", "--count", "2");
        assertThat(ran.out().lines().skip(2))
                .containsExactly(
                        "      19  shop/catalog  + instance/catalog-2  127.0.0.1:8082 weight 100 active",
                        "      19  shop/catalog  - instance/catalog-1  gone");
        assertThat(ran.err()).contains("the stream has ended; trying again");
    }

    @Test
    void watchFollowsEveryServiceOfTheNamespace() {
        registry.list(SHOP + "services?limit=500", CATALOG);
        registry.on(
                "GET /api/v1/watch?service=shop%2Fcatalog",
                429, "{\"code\": \"too-many-watchers\", \"detail\": \"full\"}");
        assertThat(shop("watch")).isEqualTo(new Ran(1, "", "full (429 too-many-watchers)\n"));
        registry.list("/api/v1/namespaces/none/services?limit=500");
        assertThat(shop("watch", "-n", "none").err())
                .isEqualTo("no services in namespace none (expected: one at least, or SERVICE)\n");
    }

    @Test
    void whatTheRegistrySaysReachesNoTerminalRaw() {
        String evil =
                CATALOG.replace("\"back\"", "\"a\\u001b[2Jb\\u009bc\\u202ed\"").replace("v1,", "v1\\u0007,");
        registry.on("GET " + SHOP + "services/catalog", 200, evil);
        for (String format : new String[] {"table", "wide", "json", "yaml", "name"}) {
            assertThat(shop("get", "svc/catalog", "-o", format).out())
                    .doesNotMatch("(?s).*[\\p{Cntrl}\\p{Cf}&&[^\\n]].*");
        }
        assertThat(shop("get", "svc/catalog", "-o", "json").out()).contains("\\u001B[2Jb\\u009bc\\u202ed");
    }

    @Test
    void completionKnowsEveryCommandAndKind() {
        assertThat(Ran.of("completion", "bash").out())
                .startsWith("#!/usr/bin/env bash")
                .contains("trafficpolicies", "drain", "--dry-run");
        assertThat(Ran.of("completion", "zsh").code()).isZero();
        assertThat(Ran.of("completion", "fish").code()).isEqualTo(2);
    }

    @Test
    void statusSaysHowTheRegistryIs() {
        registry.on(
                        "GET /api/v1/health",
                        200,
                        "{\"live\": true, \"ready\": true, \"revision\": 25, \"epoch\": \"5f\", \"readOnly\": false}")
                .list("/api/v1/namespaces", "\"shop\"")
                .list("/api/v1/clients");
        assertThat(shop("status").out()).contains("revision    25\n", "namespaces  shop\n", "clients     0\n");
    }
}
