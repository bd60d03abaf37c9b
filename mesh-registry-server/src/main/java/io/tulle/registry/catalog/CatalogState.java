package io.tulle.registry.catalog;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every service as of one revision. Immutable.
 *
 * @param revision of the store
 * @param services by {@code namespace/name}; one that was deleted stays, empty, so that its last revision is known
 */
public record CatalogState(long revision, Map<String, ServiceView> services) {
    /** Returns all that concerns a service, or null when it was never heard of. */
    public @Nullable ServiceView service(String name) {
        return services.get(name);
    }

    /** Returns the revision of a service's last change; 0 when it was never heard of. */
    public long lastChange(String name) {
        ServiceView view = services.get(name);
        return view == null ? 0 : view.revision();
    }
}
