package io.tulle.client.wire;

import io.tulle.api.resource.Default;
import java.time.Duration;
import java.util.List;

/**
 * Answer to {@link OpenSession}, with status 201.
 *
 * @param session the session's id, in every later request
 * @param epoch identity of the registry's data: new when a store is made or restored
 * @param revision the store's revision when the session was opened
 * @param lease how long the session lives without a renewal; renew every third of it
 * @param namespaces the namespaces that have services
 * @param progress how often the stream carries a progress mark; three missing mean that it is dead
 */
public record SessionOpened(
        String session,
        String epoch,
        long revision,
        Duration lease,
        @Default("[]") List<String> namespaces,
        @Default("5s") Duration progress) {
    /** Copies. */
    public SessionOpened {
        namespaces = List.copyOf(namespaces);
    }

    /** As the canonical one, with a progress mark every 5 s. */
    public SessionOpened(String session, String epoch, long revision, Duration lease, List<String> namespaces) {
        this(session, epoch, revision, lease, namespaces, Duration.ofSeconds(5));
    }
}
