package io.tulle.registry.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one revision changed under a watched prefix.
 *
 * @param revision which
 * @param events at least one, in order of keys
 */
public record Change(long revision, List<Event> events) {
    /** Copies. */
    public Change {
        events = List.copyOf(events);
    }

    /**
     * A key that was written or deleted.
     *
     * @param key which
     * @param current what it is now, or null when it was deleted
     * @param previous what it was, or null when it is new
     */
    public record Event(
            String key, @Nullable Entry current, @Nullable Entry previous) {}
}
