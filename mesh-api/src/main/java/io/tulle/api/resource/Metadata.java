package io.tulle.api.resource;

import java.util.Map;

/**
 * Who a resource is.
 *
 * @param namespace a DNS label
 * @param name a DNS label, unique among the resources of a kind and namespace
 * @param labels what selectors match, as in Kubernetes
 * @param resourceVersion set by the registry for compare-and-set; empty in files
 */
public record Metadata(
        @Default("default") String namespace,
        String name,
        @Default("{}") Map<String, String> labels,
        @Default("") String resourceVersion) {
    /** Validates and copies. */
    public Metadata {
        labels = Map.copyOf(labels);
        new FieldChecks("metadata")
                .name("namespace", namespace)
                .name("name", name)
                .labels("labels", labels)
                .done();
    }

    /** Returns metadata without labels. */
    public static Metadata of(String namespace, String name) {
        return new Metadata(namespace, name, Map.of(), "");
    }

    /** Returns the same metadata with other labels. */
    public Metadata withLabels(Map<String, String> newLabels) {
        return new Metadata(namespace, name, newLabels, resourceVersion);
    }

    /** Returns the same metadata with another resource version. */
    public Metadata withResourceVersion(String newResourceVersion) {
        return new Metadata(namespace, name, labels, newResourceVersion);
    }
}
