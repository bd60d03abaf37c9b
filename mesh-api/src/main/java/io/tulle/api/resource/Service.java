package io.tulle.api.resource;

import java.util.List;
import java.util.Map;

/**
 * A service that can be called as {@code http://<name>[.<namespace>]}.
 *
 * @param metadata who it is
 * @param spec what it is
 */
public record Service(Metadata metadata, @Default("{}") Spec spec) implements Resource {
    /** Returns a service of {@code spec}. */
    public static Service of(String namespace, String name, Spec spec) {
        return new Service(Metadata.of(namespace, name), spec);
    }

    @Override
    public Kind kind() {
        return Kind.SERVICE;
    }

    @Override
    public String service() {
        return metadata.namespace() + "/" + metadata.name();
    }

    @Override
    public Service withMetadata(Metadata other) {
        return new Service(other, spec);
    }

    /**
     * What a service is.
     *
     * @param protocol what it speaks
     * @param subsets named parts of the service's instances, for routes to split over
     */
    public record Spec(
            @Default("http") Protocol protocol,
            @Default("[]") List<Subset> subsets) {
        /** An HTTP service without subsets. */
        public static final Spec DEFAULT = Defaults.of(Spec.class);

        /** Validates and copies. */
        public Spec {
            subsets = List.copyOf(subsets);
            new FieldChecks("spec").unique("subsets", subsets, Subset::name).done();
        }
    }

    /**
     * The instances that carry all of some labels.
     *
     * @param name unique in the service
     * @param labels at least one label that an instance must have
     */
    public record Subset(String name, Map<String, String> labels) {
        /** Validates and copies. */
        public Subset {
            labels = Map.copyOf(labels);
            new FieldChecks("subset")
                    .name("name", name)
                    .that(!labels.isEmpty(), "labels", "{}", "at least one label")
                    .labels("labels", labels)
                    .done();
        }
    }
}
