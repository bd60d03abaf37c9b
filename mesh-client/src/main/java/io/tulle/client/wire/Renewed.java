package io.tulle.client.wire;

import io.tulle.api.resource.Default;
import java.time.Duration;
import java.util.List;

/**
 * Answer to {@link Renewal}.
 *
 * @param epoch as in {@link SessionOpened}
 * @param revision the store's revision
 * @param lease as in {@link SessionOpened}; it runs from now
 * @param namespaces the namespaces that have services
 */
public record Renewed(
        String epoch,
        long revision,
        Duration lease,
        @Default("[]") List<String> namespaces) {
    /** Copies. */
    public Renewed {
        namespaces = List.copyOf(namespaces);
    }
}
