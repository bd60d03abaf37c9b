package io.tulle.proofs.check;

import io.tulle.proofs.history.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which write made which revision, as far as it is known. Filled by {@link LogBuilder}, then only read. */
final class RevisionLog {
    private final NavigableMap<Long, Write> writes = new TreeMap<>();
    private final Map<String, Long> placed = new HashMap<>();
    private final NavigableMap<String, NavigableMap<Long, Write>> byKey = new TreeMap<>();
    private final Map<String, NavigableSet<Long>> byService = new HashMap<>();
    private final Map<String, Set<String>> keysOf = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<Write> open = new ArrayList<>();

    void place(Write write, long revision) {
        writes.put(revision, write);
        placed.put(write.id(), revision);
        for (Write.Part part : write.parts()) {
            byKey.computeIfAbsent(part.key(), key -> new TreeMap<>()).put(revision, write);
            keysOf.computeIfAbsent(part.service(), service -> new TreeSet<>()).add(part.key());
            byService
                    .computeIfAbsent(part.service(), service -> new TreeSet<>())
                    .add(revision);
        }
    }

    /** Notes a write that may or may not have been done and that nobody has seen. */
    void leaveOpen(Write write) {
        open.add(write);
    }

    void see(Write write) {
        seen.add(write.id());
    }

    @Nullable
    Write at(long revision) {
        return writes.get(revision);
    }

    /** Returns the revision of a write, or 0 when it is not known to have been done. */
    long revision(Write write) {
        return placed.getOrDefault(write.id(), 0L);
    }

    /** Returns whether anybody was shown this write. */
    boolean seen(Write write) {
        return seen.contains(write.id());
    }

    /** Returns whether the write of a revision was acknowledged and shown to nobody. */
    boolean vanished(long revision) {
        Write write = writes.get(revision);
        return write != null && write.acked() && !seen(write);
    }

    /** Returns the keys that start with {@code prefix} and were ever written. */
    Set<String> keys(String prefix) {
        return byKey.subMap(prefix, true, prefix + Character.MAX_VALUE, true).keySet();
    }

    /** Returns the keys of a service that were ever written. */
    Set<String> keysOf(String service) {
        return keysOf.getOrDefault(service, Set.of());
    }

    /** Returns the revisions that changed a service. */
    NavigableSet<Long> revisions(String service) {
        return byService.getOrDefault(service, Collections.emptyNavigableSet());
    }

    /** Returns the last write to a key up to a revision, or null. */
    @Nullable
    Write last(String key, long revision) {
        NavigableMap<Long, Write> history = byKey.get(key);
        Map.Entry<Long, Write> entry = history == null ? null : history.floorEntry(revision);
        return entry == null ? null : entry.getValue();
    }

    /** Returns whether a key may have been deleted, before {@code at}, by a write of which nobody knows whether or when it was done. */
    boolean maybeDeleted(String key, long at) {
        return open.stream().anyMatch(write -> write.start() < at && Parts.deletes(write, key));
    }

    /** Returns whether a service may have been changed, before {@code at}, by a write of which nobody knows whether or when it was done. */
    boolean maybeChanged(String service, long at) {
        return open.stream()
                .anyMatch(write -> write.start() < at
                        && write.parts().stream()
                                .anyMatch(part -> part.service().equals(service)));
    }

    /** Returns the writes that may or may not have been done. */
    List<Write> open() {
        return open;
    }
}
