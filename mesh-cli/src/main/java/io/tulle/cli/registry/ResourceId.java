package io.tulle.cli.registry;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;

/**
 * Which resource.
 *
 * @param kind its kind
 * @param namespace a valid name
 * @param name a valid name
 */
public record ResourceId(Kind kind, String namespace, String name) {
    /** Returns the id of a resource. */
    public static ResourceId of(Resource resource) {
        return new ResourceId(
                resource.kind(),
                resource.metadata().namespace(),
                resource.metadata().name());
    }

    /** Returns where a kind is, in a namespace or, when that is empty, in all of them. */
    public static String collection(Kind kind, String namespace) {
        return "/api/v1/" + (namespace.isEmpty() ? "" : "namespaces/" + namespace + "/") + kind.plural();
    }

    /** Returns where the resource is. */
    public String path() {
        return collection(kind, namespace) + "/" + name;
    }

    /** Returns {@code route/catalog}. */
    @Override
    public String toString() {
        return KindName.singular(kind) + "/" + name;
    }
}
