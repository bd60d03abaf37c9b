package io.tulle.examples.bookshop.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The YAML of the shop, for {@code ./mesh apply}. Instances are not in it: they register themselves. */
public final class Manifests {
    /** Bounds a call; the control's client gets the same. */
    public static final String TIMEOUT = "2s";

    private static final String RETRY = "retry: {attempts: 3, attemptTimeout: 400ms}";

    private final Path folder;

    /** Writes into an existing folder. */
    public Manifests(Path folder) {
        this.folder = folder;
    }

    /** Writes what does not change, and returns the file: services, traffic policies and the routes to reviews and ratings. */
    public Path shop() {
        return write("shop.yaml", """
                kind: Service
                metadata: {namespace: shop, name: catalog}
                spec:
                  subsets:
                    - {name: v1, labels: {version: v1}}
                    - {name: v2, labels: {version: v2}}
                ---
                kind: Service
                metadata: {namespace: shop, name: reviews}
                ---
                kind: Service
                metadata: {namespace: shop, name: ratings}
                spec: {protocol: grpc}
                ---
                kind: Route
                metadata: {namespace: shop, name: ratings}
                spec:
                  service: ratings
                  rules:
                    - timeout: %1$s
                      %2$s
                ---
                kind: Route
                metadata: {namespace: shop, name: reviews}
                spec:
                  service: reviews
                  rules:
                    - timeout: %1$s
                      %2$s
                ---
                kind: TrafficPolicy
                metadata: {namespace: shop, name: catalog}
                spec:
                  service: catalog
                  outlierDetection: {baseEjectionTime: 3s}
                ---
                kind: TrafficPolicy
                metadata: {namespace: shop, name: reviews}
                spec:
                  service: reviews
                  outlierDetection: {baseEjectionTime: 3s}
                ---
                kind: TrafficPolicy
                metadata: {namespace: shop, name: ratings}
                spec:
                  service: ratings
                  outlierDetection: {baseEjectionTime: 3s}
                """.formatted(TIMEOUT, RETRY));
    }

    /** Writes the route that splits the calls to catalog over its versions, and returns the file. */
    public Path route(int v1, int v2) {
        return write("catalog-route.yaml", """
                # Edit the weights and apply: the storefronts follow at once, without a restart.
                kind: Route
                metadata: {namespace: shop, name: catalog}
                spec:
                  service: catalog
                  rules:
                    - timeout: %s
                      %s
                      destinations:
                        - {subset: v1, weight: %d}
                        - {subset: v2, weight: %d}
                """.formatted(TIMEOUT, RETRY, v1, v2));
    }

    private Path write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        }
    }
}
