package io.tulle.registry.catalog;

import io.tulle.registry.store.CompactedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The last changes, so that who was away for a moment need not be told everything: at most so many, and at most so many bytes of values. Thread-safe. */
final class RecentChanges {
    /** How many are kept at most, and read again from the store at a start. */
    static final int MOST = 2_000;

    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock(); // guards everything below
    private final Deque<Weighed> changes = new ArrayDeque<>();
    private long floor;
    private long bytes;

    private record Weighed(CatalogChange change, long bytes) {}

    /** Begins: all changes after {@code revision} will be added. */
    void begin(long revision) {
        lock.lock();
        try {
            floor = revision;
        } finally {
            lock.unlock();
        }
    }

    void add(CatalogChange change, long size) {
        lock.lock();
        try {
            changes.add(new Weighed(change, size));
            bytes += size;
            while (changes.size() > MOST || bytes > MOST_BYTES) {
                Weighed oldest = changes.remove();
                bytes -= oldest.bytes;
                floor = oldest.change.revision();
            }
        } finally {
            lock.unlock();
        }
    }

    List<CatalogChange> after(long revision, long until) {
        lock.lock();
        try {
            if (revision < floor) {
                throw new CompactedException(revision, floor);
            }
            List<CatalogChange> found = new ArrayList<>();
            changes.forEach(weighed -> {
                if (weighed.change.revision() > revision && weighed.change.revision() <= until) {
                    found.add(weighed.change);
                }
            });
            return found;
        } finally {
            lock.unlock();
        }
    }
}
