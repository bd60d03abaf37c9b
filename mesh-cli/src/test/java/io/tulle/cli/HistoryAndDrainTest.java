package io.tulle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryAndDrainTest extends AgainstFakeRegistry {
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
}
