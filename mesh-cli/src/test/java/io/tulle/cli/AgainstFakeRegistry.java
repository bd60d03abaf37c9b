package io.tulle.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command against a registry that answers as it is told; {@code shop} is the namespace of the environment. */
abstract class AgainstFakeRegistry {
    static final String SHOP = "/api/v1/namespaces/shop/";
    static final String CATALOG = """
            {"kind": "Service", "metadata": {"namespace": "shop", "name": "catalog", "labels": {"tier": "back"}, "resourceVersion": "4"},
             "spec": {"protocol": "http", "subsets": [{"name": "v1", "labels": {"version": "v1"}}, {"name": "v2", "labels": {"version": "v2"}}]}}""";
    static final String ROUTE = """
            {"kind": "Route", "metadata": {"namespace": "shop", "name": "catalog", "labels": {}, "resourceVersion": "17"},
             "spec": {"service": "catalog", "rules": [{"name": "canary", "matches": [],
              "destinations": [{"service": "", "subset": "v1", "weight": 90}, {"service": "", "subset": "v2", "weight": 10}],
              "timeout": "2s", "retry": {"attempts": 3, "attemptTimeout": "0s", "statuses": [500, 502, 503, 504], "backoffBase": "25ms", "backoffMax": "250ms"}}],
              "retryBudget": {"percent": 10, "minPerSecond": 1, "window": "10s"}}}""";
    static final String ROUTE_FILE = """
            kind: Route
            metadata: {namespace: shop, name: catalog}
            spec:
              service: catalog
              rules:
                - name: canary
                  timeout: 2s
                  destinations: [{subset: v1, weight: 50}, {subset: v2, weight: 50}]
            """;

    FakeRegistry registry;

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

    static String instance(String name, String uid, int port) {
        return """
                {"kind": "Instance", "metadata": {"namespace": "shop", "name": "%s", "labels": {"version": "v1"}, "resourceVersion": "5"},
                 "spec": {"service": "catalog", "uid": "%s", "host": "127.0.0.1", "port": %d, "weight": 100, "state": "active"}}""".formatted(name, uid, port);
    }

    Ran shop(Object... args) {
        return Ran.with(Map.of("MESH_REGISTRY", registry.url(), "MESH_NAMESPACE", "shop"), "", args);
    }
}
