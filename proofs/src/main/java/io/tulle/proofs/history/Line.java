package io.tulle.proofs.history;

import io.tulle.api.resource.Default;
import java.util.List;

/**
 * A line of a watcher's stream.
 *
 * @param client who got it
 * @param at when, in nanoseconds of the recording process
 * @param type what it says
 * @param epoch identity of the data
 * @param revision of the store
 * @param updates what it says about each service
 */
public record Line(
        String client,
        long at,
        Type type,
        String epoch,
        long revision,
        @Default("[]") List<Update> updates) {
    /** Copies. */
    public Line {
        updates = List.copyOf(updates);
    }

    /** What a line says. */
    public enum Type {
        /** The whole of its services. */
        SNAPSHOT,
        /** What one revision changed. */
        CHANGE,
        /** Repeated expiries. */
        CONFIRM,
        /** Everything up to here has been sent. */
        PROGRESS
    }

    /**
     * What a line says about one service.
     *
     * @param service {@code namespace/name}
     * @param previous the revision of its change before
     * @param entries in a snapshot all, in a change those that are new or different
     * @param removed keys that are gone
     */
    public record Update(
            String service,
            @Default("0") long previous,
            @Default("[]") List<Entry> entries,
            @Default("[]") List<String> removed) {
        /** Copies. */
        public Update {
            entries = List.copyOf(entries);
            removed = List.copyOf(removed);
        }
    }
}
