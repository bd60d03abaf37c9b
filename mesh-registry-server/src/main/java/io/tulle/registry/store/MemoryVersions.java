package io.tulle.registry.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Versions in memory. Writes take effect as they come: nothing that is written here can fail, so there is nothing to undo. */
final class MemoryVersions implements Versions, Group {
    private static final int REVISIONS_AT_ONCE = 64;

    private final State opened = new State(UUID.randomUUID().toString(), 0, 0, Map.of());
    private final ReentrantLock lock = new ReentrantLock(); // guards the two maps of versions; the rest is the writer's
    private final NavigableMap<String, NavigableMap<Long, Version>> byKey = new TreeMap<>(KeyOrder.INSTANCE);
    private final NavigableMap<Long, List<Version>> byRevision = new TreeMap<>();
    private final Map<Long, NavigableSet<String>> leases = new HashMap<>();
    private long granted;
    private long compacted;

    @Override
    public State opened() {
        return opened;
    }

    @Override
    public Group begin() {
        return this;
    }

    @Override
    public @Nullable Entry newest(String key) {
        return before(key, Long.MAX_VALUE);
    }

    private @Nullable Entry before(String key, long revision) {
        lock.lock();
        try {
            NavigableMap<Long, Version> versions = byKey.get(key);
            Map.Entry<Long, Version> found = versions == null ? null : versions.lowerEntry(revision);
            return found == null ? null : found.getValue().entry();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean anyAfter(KeyRange keys, long revision) {
        lock.lock();
        try {
            return byRevision.tailMap(revision, false).values().stream()
                    .flatMap(List::stream)
                    .anyMatch(version -> keys.contains(version.key()) && isNewest(version));
        } finally {
            lock.unlock();
        }
    }

    private boolean isNewest(Version version) {
        Entry newest = newest(version.key());
        return newest != null && newest.revision() == version.revision();
    }

    @Override
    public void write(Version version) {
        lock.lock();
        try {
            Entry previous = newest(version.key());
            if (previous != null && previous.lease() != 0) {
                leases.getOrDefault(previous.lease(), new TreeSet<>()).remove(version.key());
            }
            if (version.entry() != null && version.entry().lease() != 0) {
                leases.getOrDefault(version.entry().lease(), new TreeSet<>()).add(version.key());
            }
            byKey.computeIfAbsent(version.key(), key -> new TreeMap<>()).put(version.revision(), version);
            byRevision
                    .computeIfAbsent(version.revision(), key -> new ArrayList<>())
                    .add(version);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long grant(Duration time) {
        leases.put(++granted, new TreeSet<>());
        return granted;
    }

    @Override
    public boolean leased(long lease) {
        return leases.containsKey(lease);
    }

    @Override
    public List<String> hanging(long lease) {
        return List.copyOf(leases.getOrDefault(lease, new TreeSet<>()));
    }

    @Override
    public void forget(long lease) {
        leases.remove(lease);
    }

    @Override
    public void compact(long revision) {
        lock.lock();
        try {
            List<Version> replacing = byRevision.subMap(compacted, false, revision, true).values().stream()
                    .flatMap(List::stream)
                    .toList();
            replacing.forEach(this::sweep);
            compacted = revision;
        } finally {
            lock.unlock();
        }
    }

    /** Removes what this version replaced, and the version itself when it only says that the key is gone. */
    private void sweep(Version version) {
        NavigableMap<Long, Version> versions = byKey.getOrDefault(version.key(), new TreeMap<>());
        Map<Long, Version> swept = versions.headMap(version.revision(), version.entry() == null);
        swept.values().forEach(this::removeFromRevision);
        swept.clear();
        if (versions.isEmpty()) {
            byKey.remove(version.key());
        }
    }

    private void removeFromRevision(Version version) {
        List<Version> others = byRevision.getOrDefault(version.revision(), new ArrayList<>());
        others.remove(version);
        if (others.isEmpty()) {
            byRevision.remove(version.revision());
        }
    }

    @Override
    public void probe() {
        // memory can always be written
    }

    @Override
    public void commit(long revision) {
        // has taken effect already; readers do not look beyond the committed revision
    }

    @Override
    public void rollback() {
        // nothing fails between a condition and its writes
    }

    @Override
    public List<Entry> range(KeyRange keys, int limit, long revision) {
        List<Entry> found = new ArrayList<>();
        lock.lock();
        try {
            for (Map.Entry<String, NavigableMap<Long, Version>> key :
                    byKey.tailMap(keys.from()).entrySet()) {
                if (found.size() == limit || !keys.isBeforeEnd(key.getKey())) {
                    break;
                }
                Map.Entry<Long, Version> version = key.getValue().floorEntry(revision);
                if (version != null && version.getValue().entry() != null) {
                    found.add(version.getValue().entry());
                }
            }
        } finally {
            lock.unlock();
        }
        return found;
    }

    @Override
    public Page changes(KeyRange keys, long after, long upTo) {
        long last = Math.min(upTo, after + REVISIONS_AT_ONCE);
        List<Change> changes = new ArrayList<>();
        lock.lock();
        try {
            byRevision.subMap(after, false, last, true).forEach((revision, versions) -> {
                List<Change.Event> events = versions.stream()
                        .filter(version -> keys.contains(version.key()))
                        .sorted(Comparator.comparing(Version::key, KeyOrder.INSTANCE))
                        .map(version ->
                                new Change.Event(version.key(), version.entry(), before(version.key(), revision)))
                        .toList();
                if (!events.isEmpty()) {
                    changes.add(new Change(revision, events));
                }
            });
        } finally {
            lock.unlock();
        }
        return new Page(changes, last);
    }

    @Override
    public void close() {
        // nothing is held
    }
}
