package io.tulle.client.registry;

import io.tulle.api.resource.Default;
import io.tulle.api.resource.Resource;
import java.util.List;

/**
 * What the processes of a service keep on disk.
 *
 * @param service whose processes they are, as {@code namespace/name}
 * @param epoch of the registry's data; for people
 * @param revision up to which it holds in that epoch; for people
 * @param subscriptions the services that were followed, as {@code namespace/name}
 * @param namespaces the namespaces that had services
 * @param resources what was in force
 */
record SavedSnapshot(
        String service,
        @Default("") String epoch,
        @Default("0") long revision,
        @Default("[]") List<String> subscriptions,
        @Default("[]") List<String> namespaces,
        @Default("[]") List<Resource> resources) {
    SavedSnapshot {
        subscriptions = List.copyOf(subscriptions);
        namespaces = List.copyOf(namespaces);
        resources = List.copyOf(resources);
    }
}
