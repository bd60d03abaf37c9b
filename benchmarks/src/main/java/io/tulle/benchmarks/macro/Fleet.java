package io.tulle.benchmarks.macro;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tulle.client.Mesh;
import io.tulle.client.observe.MicrometerListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The backends as a mesh knows them: a folder of resources in which the service is protected like the composed chain, with three attempts, a breaker and a
 * limit, and Micrometer meters listen.
 */
final class Fleet {
    /** What the callers call it. */
    static final String SERVICE = "catalog";

    private static final String POLICY = """
            ---
            kind: Route
            metadata: {namespace: shop, name: catalog}
            spec:
              service: catalog
              rules:
                - name: books
                  timeout: 15s
                  retry: {attempts: 3}
            ---
            kind: TrafficPolicy
            metadata: {namespace: shop, name: catalog}
            spec:
              service: catalog
              serviceBreaker: {}
              concurrencyLimit: {maxInFlightPerEndpoint: 1000}
            """;

    private Fleet() {}

    /** Returns the builder of a mesh that knows the backends at these ports. */
    static Mesh.Builder mesh(Path run, Wire wire, List<Integer> ports) throws IOException {
        Path folder = Files.createTempDirectory(run, "mesh-");
        StringBuilder resources = new StringBuilder(
                        "kind: Service\nmetadata: {namespace: shop, name: catalog}\nspec: {protocol: ")
                .append(wire.protocol)
                .append("}\n")
                .append(POLICY);
        for (int i = 0; i < ports.size(); i++) {
            resources
                    .append("---\nkind: Instance\nmetadata: {namespace: shop, name: catalog-")
                    .append(i + 1)
                    .append("}\nspec: {service: catalog, host: 127.0.0.1, port: ")
                    .append(ports.get(i))
                    .append(wire.more)
                    .append("}\n");
        }
        Files.writeString(folder.resolve("catalog.yaml"), resources);
        return Mesh.builder()
                .service("shop/storefront")
                .resources(folder)
                .listener(new MicrometerListener(new SimpleMeterRegistry()));
    }

    /** How the backends are spoken to. */
    enum Wire {
        HTTP("http", ""),
        HTTP_MUTUAL("http", ", tls: mutual"),
        GRPC("grpc", "");

        private final String protocol;
        private final String more;

        Wire(String protocol, String more) {
            this.protocol = protocol;
            this.more = more;
        }
    }
}
