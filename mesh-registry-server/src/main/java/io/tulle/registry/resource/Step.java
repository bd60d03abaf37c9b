package io.tulle.registry.resource;

import io.tulle.api.resource.Resource;
import io.tulle.registry.store.Entry;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An edit and what it meets.
 *
 * @param edit what is wanted
 * @param entry what is in the store, or null
 * @param current the resource that is there, or null
 * @param result what the edit would do
 */
record Step(Edit edit, @Nullable Entry entry, @Nullable Resource current, Result result) {
    boolean changes() {
        return result != Result.UNCHANGED;
    }

    /** Returns the revision of the present version, or 0. */
    long revision() {
        return entry == null ? 0 : entry.revision();
    }

    /** Returns whether a session owns what is there. */
    boolean owned() {
        return entry != null && entry.lease() != 0;
    }

    /** Returns the resource that this is about: as it will be, or as it was. */
    Resource resource() {
        Resource next = edit.next();
        return next != null ? next : Objects.requireNonNull(current, "current");
    }

    /** Returns the resource after the step: of {@code version} when it was written, and as it was when it was deleted or is left as it is. */
    Resource outcome(String version) {
        if (result == Result.CREATED || result == Result.CONFIGURED) {
            Resource next = resource();
            return next.withMetadata(next.metadata().withResourceVersion(version));
        }
        return Objects.requireNonNull(current, "current");
    }

    /** Returns the services whose configuration changes. */
    Set<String> services() {
        Set<String> services = new LinkedHashSet<>();
        services.add(resource().service());
        if (current != null) {
            services.add(current.service());
        }
        return services;
    }
}
