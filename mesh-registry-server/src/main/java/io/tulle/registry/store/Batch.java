package io.tulle.registry.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the writes of a group their revisions and keeps what they changed. Confined to the writer. */
final class Batch {
    private final Group group;
    private final List<Change> changes = new ArrayList<>();
    private long revision;
    private boolean wrote;

    /** Creates a batch for what comes after {@code revision}. */
    Batch(Group group, long revision) {
        this.group = group;
        this.revision = revision;
    }

    Group group() {
        return group;
    }

    /** Returns the newest revision, those of this batch included. */
    long revision() {
        return revision;
    }

    List<Change> changes() {
        return changes;
    }

    /** Returns whether this batch has shown that the store can be written. */
    boolean wrote() {
        return wrote;
    }

    /** Finds out whether something can be written. */
    boolean probe() {
        group.probe();
        wrote = true;
        return wrote;
    }

    /** Applies writes in one new revision, unless they change nothing; returns the newest revision. */
    long write(List<? extends Transaction.Write> writes) {
        long next = revision + 1;
        List<Change.Event> events = new ArrayList<>(writes.size());
        for (Transaction.Write write : writes) {
            Entry previous = group.newest(write.key());
            Entry current = current(write, previous, next);
            if (current != null || previous != null) {
                group.write(new Version(write.key(), next, current));
                events.add(new Change.Event(write.key(), current, previous));
            }
        }
        if (!events.isEmpty()) {
            events.sort(Comparator.comparing(Change.Event::key, KeyOrder.INSTANCE));
            changes.add(new Change(next, events));
            revision = next;
            wrote = true;
        }
        return revision;
    }

    private static @Nullable Entry current(Transaction.Write write, @Nullable Entry previous, long next) {
        return write instanceof Transaction.Put put
                ? new Entry(put.key(), put.value(), previous == null ? next : previous.created(), next, put.lease())
                : null;
    }
}
