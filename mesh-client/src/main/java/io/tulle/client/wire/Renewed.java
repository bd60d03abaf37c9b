package io.tulle.client.wire;

import io.tulle.api.resource.Default;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer to {@link Renewal}.
 *
 * @param epoch as in {@link SessionOpened}
 * @param revision the store's revision
 * @param lease as in {@link SessionOpened}; it runs from now
 * @param namespaces the namespaces that have services
 * @param instances the names of what this session has registered: an instance that a process wants and that is not here has expired, was deleted, or was
 *     taken over; register it again. Null when the registry does not say
 */
public record Renewed(
        String epoch,
        long revision,
        Duration lease,
        @Default("[]") List<String> namespaces,
        @Nullable List<String> instances) {
    /** Copies. */
    public Renewed {
        namespaces = List.copyOf(namespaces);
        instances = instances == null ? null : List.copyOf(instances);
    }

    /** Creates an answer that does not say what is registered. */
    public Renewed(String epoch, long revision, Duration lease, List<String> namespaces) {
        this(epoch, revision, lease, namespaces, null);
    }
}
