package io.tulle.examples.bookshop.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The folder of YAML that the storefronts watch. Each change is one file, replaced in one step, so that nobody reads half of it. */
public final class ConfigFolder {
    /** Bounds a call; the control's client gets the same. */
    public static final String TIMEOUT = "2s";

    private static final String RETRY = "retry: {attempts: 3, attemptTimeout: 400ms}";

    private final Path folder;

    /**
     * An instance as it stands in the file.
     *
     * @param replica whose place it fills
     * @param uid new for each process
     * @param port where it listens
     * @param draining whether it takes no new calls
     */
    public record Entry(Replica replica, String uid, int port, boolean draining) {}

    /** Creates an empty configuration in an existing folder. */
    public ConfigFolder(Path folder) {
        this.folder = folder;
    }

    /** Returns the folder. */
    public Path path() {
        return folder;
    }

    /** Writes what does not change: services, traffic policies and the route to reviews. */
    public void writeServices() {
        replace("services.yaml", """
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
                """.formatted(TIMEOUT, RETRY));
    }

    /** Splits the calls to catalog over its versions. */
    public void writeWeights(int v1, int v2) {
        replace("catalog-route.yaml", """
                # Edit the weights and save: the storefronts follow within a second, without a restart.
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

    /** Lists the instances. */
    public void writeInstances(List<Entry> entries) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(text.isEmpty() ? "" : "---\n").append(instance(entry));
        }
        replace("instances.yaml", text.toString());
    }

    private static String instance(Entry entry) {
        Replica replica = entry.replica();
        String labels = replica.version().isEmpty() ? "" : ", labels: {version: " + replica.version() + "}";
        return """
                kind: Instance
                metadata: {namespace: shop, name: %s%s}
                spec: {service: %s, uid: %s, host: 127.0.0.1, port: %d, state: %s}
                """.formatted(
                        replica.name(),
                        labels,
                        replica.service(),
                        entry.uid(),
                        entry.port(),
                        entry.draining() ? "draining" : "active");
    }

    private void replace(String file, String text) {
        Path temporary = folder.resolve(file + ".tmp");
        try {
            Files.writeString(temporary, text);
            Files.move(
                    temporary,
                    folder.resolve(file),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder.resolve(file) + ": " + e, e);
        }
    }
}
