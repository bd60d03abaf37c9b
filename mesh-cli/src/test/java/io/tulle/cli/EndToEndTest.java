package io.tulle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.cli.admin.Console;
import io.tulle.cli.registry.Registry;
import io.tulle.registry.RegistryOptions;
import io.tulle.registry.RegistryServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a real registry on a real socket. */
class EndToEndTest {
    private static final String CATALOG = """
            kind: Service
            metadata: {name: catalog, labels: {tier: back}}
            spec:
              subsets:
                - {name: v1, labels: {version: v1}}
                - {name: v2, labels: {version: v2}}
            ---
            kind: Instance
            metadata: {name: catalog-1, labels: {version: v1}}
            spec: {service: catalog, host: 127.0.0.1, port: 8081}
            """;
    private static final String ROUTE = """
            kind: Route
            metadata: {name: catalog}
            spec:
              service: catalog
              rules:
                - name: canary
                  destinations: [{subset: v1, weight: 90}, {subset: v2, weight: 10}]
            """;

    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static RegistryServer server;

    /** Each test has its own, so that one server will do. */
    private final String shop = "shop-" + NAMESPACES.incrementAndGet();

    @TempDir
    Path folder;

    private Path route;

    @BeforeAll
    static void start() {
        server = RegistryServer.start(RegistryOptions.DEFAULT.withPort(0));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void apply() throws IOException {
        Files.writeString(folder.resolve("catalog.yaml"), CATALOG);
        route = Files.writeString(folder.resolve("route.yaml"), ROUTE);
        assertThat(shop("apply", "-f", folder))
                .isEqualTo(
                        new Ran(0, "service/catalog created\nroute/catalog created\ninstance/catalog-1 created\n", ""));
    }

    private Ran shop(Object... args) {
        return in("", args);
    }

    private Ran in(String input, Object... args) {
        return Ran.with(Map.of("MESH_REGISTRY", server.uri().toString(), "MESH_NAMESPACE", shop), input, args);
    }

    private void canary(int weight) throws IOException {
        Files.writeString(route, ROUTE.replace("weight: 10", "weight: " + weight));
    }

    @Test
    void whatIsAppliedIsThere() {
        assertThat(shop("apply", "-f", folder).out())
                .contains("service/catalog unchanged\n", "route/catalog unchanged\n");
        assertThat(shop("diff", "-f", folder)).isEqualTo(new Ran(0, "", ""));
        assertThat(shop("get", "all", "-o", "name").out())
                .isEqualTo("service/catalog\nroute/catalog\ninstance/catalog-1\n");
        assertThat(shop("get", "svc", "-l", "tier in (back, front)").out()).contains("catalog  http      v1,v2");
        assertThat(shop("get", "svc", "-l", "!tier").err())
                .isEqualTo("no services with labels !tier in namespace " + shop + "\n");
        assertThat(shop("explain", "--url", "http://catalog/").out())
                .contains(
                        "'canary', number 1 of Route " + shop + "/catalog (version ",
                        "90.0 %  " + shop + "/catalog v1  catalog-1");
    }

    @Test
    void aChangeIsSeenBeforeDuringAndAfter() throws IOException {
        canary(50);
        assertThat(shop("diff", "-f", route).out()).contains("@@ /spec/rules/0/destinations/1/weight @@\n-10\n+50\n");
        assertThat(shop("apply", "-f", route, "--dry-run").out())
                .startsWith("route/catalog configured (dry run)\nservices whose configuration changes: " + shop
                        + "/catalog\n");
        assertThat(shop("diff", "-f", route).code()).isEqualTo(1);
        assertThat(shop("apply", "-f", route).out()).isEqualTo("route/catalog configured\n");
        assertThat(shop("history", "rt", "catalog").out().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("2 ")
                                .endsWith("/spec/rules/0/destinations/1/weight: 10 -> 50"),
                        line -> assertThat(line).startsWith("1 ").endsWith("created"));
        assertThat(shop("history", "rt/catalog", "--from", "1").out())
                .isEqualTo("/spec/rules/0/destinations/1/weight: 10 -> 50\n");
        assertThat(shop("rollback", "rt", "catalog").out()).isEqualTo("route/catalog rolled back to version 1\n");
        assertThat(shop("get", "rt", "-o", "wide").out()).contains("v1 90, v2 10");
        assertThat(shop("describe", "route", "catalog").out())
                .contains(
                        "history\n",
                        "also about service " + shop + "/catalog\n",
                        "service/catalog",
                        "instance/catalog-1",
                        "nobody");
    }

    @Test
    void whatIsPrintedCanBeApplied() {
        for (String format : new String[] {"yaml", "json"}) {
            String printed = shop("get", "svc,rt,inst", "-o", format).out();
            assertThat(in(printed, "apply", "-f", "-").out().lines())
                    .hasSize(3)
                    .allMatch(line -> line.endsWith(" unchanged"));
        }
    }

    @Test
    void anOutdatedVersionIsRefusedUnlessItIsOverwritten() throws IOException {
        String printed = shop("get", "rt/catalog", "-o", "yaml").out();
        canary(50);
        shop("apply", "-f", route);
        Ran ran = in(printed, "apply", "-f", "-");
        assertThat(ran.err()).contains("(409 conflict)");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(in(printed, "apply", "-f", "-", "--overwrite").out()).isEqualTo("route/catalog configured\n");
    }

    @Test
    void whatDoesNotFitIsSaidWithItsPlace() throws IOException {
        Files.writeString(route, ROUTE.replace("subset: v2", "subset: v3"));
        Ran ran = shop("apply", "-f", route);
        assertThat(ran.err()).startsWith(route + ":7:").contains("/spec/rules/0/destinations/1/subset: ", "v3");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(shop("get", "rt", "-o", "wide").out()).contains("v2 10");
    }

    @Test
    void whatIsMissingOrInUseIsExitCodeOne() {
        assertThat(shop("get", "svc", "catalogue").err()).contains("catalog", "(404 not-found)");
        assertThat(shop("delete", "svc", "catalog").err())
                .startsWith("service/catalog: ")
                .contains("(409 in-use)");
        assertThat(shop("delete", "-f", folder).out())
                .isEqualTo("instance/catalog-1 deleted\nroute/catalog deleted\nservice/catalog deleted\n");
        assertThat(shop("get", "all")).extracting(Ran::code, Ran::out).containsExactly(0, "");
        assertThat(shop("rollback", "svc", "catalog").out()).isEqualTo("service/catalog rolled back to version 1\n");
    }

    @Test
    void aDrainIsAnOverride() {
        assertThat(shop("drain", "catalog-1").out()).isEqualTo("instance/catalog-1 drains\n");
        assertThat(shop("drain", "catalog-1", "--outlive-restarts").code()).isZero();
        assertThat(shop("get", "io").out()).contains("catalog-1  catalog  catalog-1  draining");
        assertThat(shop("explain", "--url", "http://catalog/").out())
                .contains("127.0.0.1:8081 (drains: only if nothing else is left)");
        assertThat(shop("drain", "catalog-1", "--undo").out()).isEqualTo("instance/catalog-1 takes traffic again\n");
        assertThat(shop("get", "io").out()).isEmpty();
    }

    @Test
    void watchAndClientsShowWhoFollows() {
        Registry registry = new Registry(server.uri());
        registry.send(
                "POST",
                "/api/v1/sessions",
                "{\"service\": \"%s/storefront\", \"process\": \"p1\", \"client\": \"test\", \"subscriptions\": [\"%s/catalog\"]}"
                        .formatted(shop, shop),
                Map.of());
        assertThat(shop("clients").out()).contains(shop + "/storefront  p1       no ");
        assertThat(shop("describe", "svc/catalog").out()).contains("followed by\n", shop + "/storefront  p1");
        assertThat(shop("apply", "-f", route, "--dry-run").code()).isZero();
        assertThat(shop("watch", "--count", "1").out())
                .contains(
                        shop + "/catalog  + service/catalog",
                        shop + "/catalog  + instance/catalog-1  127.0.0.1:8081 weight 100 active");
        assertThat(shop("watch", "catalogue", "--count", "1").out())
                .contains("? no such service; did you mean " + shop + "/catalog");
        assertThat(shop("status").out()).contains("clients     1\n", "readOnly    false\n");
    }

    @Test
    void watchSeesAChangeThatIsMadeMeanwhile() {
        AppliesWhenTold out = new AppliesWhenTold();
        Console console = new Console(InputStream.nullInputStream(), Map.of("MESH_NAMESPACE", shop)::get);
        String url = server.uri().toString();
        int code = MeshCommand.run(
                console,
                new PrintWriter(out, true),
                new PrintWriter(out),
                "watch",
                "catalog",
                "--count",
                "2",
                "--registry",
                url);
        assertThat(out.toString().lines().toList())
                .last(InstanceOfAssertFactories.STRING)
                .endsWith(shop + "/catalog  ~ route/catalog  /spec/rules/0/destinations/1/weight: 10 -> 25");
        assertThat(code).isZero();
    }

    /** Changes the route as soon as the watch has shown it. */
    private final class AppliesWhenTold extends StringWriter {
        private boolean applied;

        @Override
        public void flush() {
            if (!applied && toString().contains("+ instance/catalog-1")) {
                applied = true;
                assertThat(in(ROUTE.replace("weight: 10", "weight: 25"), "apply", "-f", "-")
                                .code())
                        .isZero();
            }
        }
    }
}
