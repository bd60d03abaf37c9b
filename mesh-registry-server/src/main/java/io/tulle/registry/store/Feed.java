package io.tulle.registry.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been committed, for those who watch. Every watch stands at a revision and takes what comes next: from the newest changes, which are kept in
 * memory, or, when it stands before them, from the table. So there is no moment between catching up and following in which a change could be missed or seen
 * twice. Thread-safe.
 */
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final int MOST_CHANGES = 1024;
    private static final long MOST_BYTES = 8L * Store.MOST_BYTES;
    private static final int AT_ONCE = 64;

    private final Versions versions;
    private final SerialTask delivering;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Change> recent = new ArrayDeque<>();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private long recentBytes;
    private volatile long revision;
    private volatile long compacted;

    Feed(Versions versions, Executor executor) {
        this.versions = versions;
        this.delivering = new SerialTask(executor, this::advanceAll);
        this.revision = versions.opened().revision();
        this.compacted = versions.opened().compacted();
    }

    /** Returns the newest committed revision. */
    long revision() {
        return revision;
    }

    long compacted() {
        return compacted;
    }

    /** Makes committed changes visible; {@link #deliver} hands them out. */
    void publish(List<Change> changes) {
        lock.lock();
        try {
            for (Change change : changes) {
                recent.addLast(change);
                recentBytes += bytes(change);
                revision = change.revision();
            }
            while (recent.size() > MOST_CHANGES || recentBytes > MOST_BYTES) {
                recentBytes -= bytes(recent.removeFirst());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has every watch take what it has not seen. */
    void deliver() {
        if (!watches.isEmpty()) {
            delivering.ask();
        }
    }

    Watch watch(String prefix, long since, Consumer<Change> observer) {
        Watch watch = new Watch(prefix, since, observer, watches::remove);
        lock.lock();
        try {
            Limits.checkNotFuture(since, revision);
            checkKept(since);
            watches.add(watch);
        } finally {
            lock.unlock();
        }
        delivering.ask();
        return watch;
    }

    void checkKept(long asked) {
        if (asked < compacted) {
            throw new CompactedException(asked, compacted);
        }
    }

    /** Refuses from now on what is before {@code wanted}, or before what a watch has yet to see; returns what is refused. */
    long compact(long wanted) {
        lock.lock();
        try {
            long most = watches.stream().mapToLong(Watch::seen).reduce(wanted, Math::min);
            compacted = Math.max(compacted, most);
            return compacted;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        watches.forEach(Watch::close);
    }

    /** A little for each in turn, so that one that is far behind does not hold up the others. */
    private void advanceAll() {
        boolean more = true;
        while (more) {
            more = false;
            for (Watch watch : watches) {
                more |= advance(watch);
            }
        }
    }

    private boolean advance(Watch watch) {
        try {
            long newest = revision;
            if (watch.seen() < newest && !watch.closed()) {
                List<Change> found = recentAfter(watch.seen());
                watch.take(found == null ? versions.changes(watch.keys(), watch.seen(), newest) : page(found));
            }
            return watch.seen() < revision && !watch.closed();
        } catch (UnusableStoreException e) {
            LOG.error(
                    "a watch cannot read what comes after revision {}, and tries again after the next write",
                    watch.seen(),
                    e);
            return false;
        }
    }

    private static Versions.Page page(List<Change> found) {
        return new Versions.Page(found, found.get(found.size() - 1).revision());
    }

    /** Returns some changes after a revision, or null when the first of them is not in memory any more. */
    private @Nullable List<Change> recentAfter(long seen) {
        lock.lock();
        try {
            if (recent.isEmpty() || recent.getFirst().revision() > seen + 1) {
                return null;
            }
            List<Change> found = new ArrayList<>();
            Iterator<Change> backwards = recent.descendingIterator();
            for (Change change = backwards.next(); change.revision() > seen; change = backwards.next()) {
                found.add(change);
                if (!backwards.hasNext()) {
                    break;
                }
            }
            Collections.reverse(found);
            return found.size() > AT_ONCE ? found.subList(0, AT_ONCE) : found;
        } finally {
            lock.unlock();
        }
    }

    private static long bytes(Change change) {
        long bytes = 0;
        for (Change.Event event : change.events()) {
            bytes += 100L + size(event.current()) + size(event.previous());
        }
        return bytes;
    }

    private static long size(@Nullable Entry entry) {
        return entry == null ? 0 : entry.value().length;
    }
}
