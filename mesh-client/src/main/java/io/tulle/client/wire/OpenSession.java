package io.tulle.client.wire;

import io.tulle.api.resource.Default;
import io.tulle.api.resource.Instance;
import java.util.List;
import java.util.Map;

/**
 * Body of {@code POST /api/v1/sessions}: a process introduces itself.
 *
 * @param service the service that it is, as {@code namespace/name}; it need not exist
 * @param process identity of the process, new at each start, at most 128 characters
 * @param client name and version of the library, for people
 * @param schemas the newest schema that the process knows of each kind, by the kind's title; a kind that is not here is not sent
 * @param subscriptions the services that it wants to follow, as {@code namespace/name}
 * @param instances what it registers
 */
public record OpenSession(
        String service,
        String process,
        @Default("") String client,
        @Default("{}") Map<String, Integer> schemas,
        @Default("[]") List<String> subscriptions,
        @Default("[]") List<Instance> instances) {
    /** Copies. */
    public OpenSession {
        schemas = Map.copyOf(schemas);
        subscriptions = List.copyOf(subscriptions);
        instances = List.copyOf(instances);
    }
}
