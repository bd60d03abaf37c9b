package io.tulle.registry.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** Who waits for which revision. Thread-safe; completes nothing while it holds its lock. */
final class RevisionWaits {
    private final ReentrantLock lock = new ReentrantLock(); // guards everything below
    private final NavigableMap<Long, CompletableFuture<Void>> waiting = new TreeMap<>();
    private long reached;

    CompletableFuture<Void> reached(long revision) {
        lock.lock();
        try {
            return revision <= reached
                    ? CompletableFuture.completedFuture(null)
                    : waiting.computeIfAbsent(revision, none -> new CompletableFuture<>())
                            .copy();
        } finally {
            lock.unlock();
        }
    }

    void reach(long revision) {
        List<CompletableFuture<Void>> done;
        lock.lock();
        try {
            reached = revision;
            Map<Long, CompletableFuture<Void>> due = waiting.headMap(revision, true);
            done = new ArrayList<>(due.values());
            due.clear();
        } finally {
            lock.unlock();
        }
        done.forEach(future -> future.complete(null));
    }
}
