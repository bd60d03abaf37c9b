package io.tulle.registry.catalog;

import io.tulle.api.resource.Resource;
import io.tulle.client.wire.WatchLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one revision of the store changed in the catalog; nothing when it wrote something that the catalog does not hold.
 *
 * @param revision which
 * @param services the services that it changed, by name
 * @param sessions the sessions that it changed
 */
public record CatalogChange(long revision, List<OfService> services, List<OfSession> sessions) {
    /** Copies. */
    public CatalogChange {
        services = List.copyOf(services);
        sessions = List.copyOf(sessions);
    }

    /**
     * What changed of a service.
     *
     * @param service {@code namespace/name}
     * @param previous the revision of the service's change before; 0 when there was none
     * @param resources new or different ones
     * @param removed those that are gone
     */
    public record OfService(String service, long previous, List<Resource> resources, List<WatchLine.Removed> removed) {
        /** Copies. */
        public OfService {
            resources = List.copyOf(resources);
            removed = List.copyOf(removed);
        }
    }

    /**
     * What changed of a session.
     *
     * @param id the session's id
     * @param current what it is now; null when it has ended
     */
    public record OfSession(String id, @Nullable StoredSession current) {}
}
