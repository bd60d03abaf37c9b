package io.tulle.registry.resource;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.registry.catalog.Keys;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to do to one resource.
 *
 * @param kind of the resource
 * @param namespace of the resource
 * @param name of the resource
 * @param next what it shall be; null: deleted
 * @param precondition which version this is for
 * @param pointer where the resource stands in the request's body
 */
public record Edit(
        Kind kind, String namespace, String name, @Nullable Resource next, Precondition precondition, String pointer) {
    /** Returns the edit that writes {@code next}. */
    public static Edit write(Resource next, Precondition precondition, String pointer) {
        return new Edit(
                next.kind(), next.metadata().namespace(), next.metadata().name(), next, precondition, pointer);
    }

    /** Returns the edit that deletes a resource. */
    public static Edit delete(Kind kind, String namespace, String name, Precondition precondition) {
        return new Edit(kind, namespace, name, null, precondition, "");
    }

    /** Returns where the resource is in the store. */
    String key() {
        return Keys.resource(kind, namespace, name);
    }

    /** Returns {@code Kind namespace/name}. */
    String title() {
        return kind.title() + " " + namespace + "/" + name;
    }
}
