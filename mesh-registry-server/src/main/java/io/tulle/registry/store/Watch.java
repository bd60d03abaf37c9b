package io.tulle.registry.store;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One who watches, and how far that one has come. Taking is for one thread at a time; the rest is thread-safe. */
final class Watch implements Store.Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final KeyRange keys;
    private final Consumer<Change> observer;
    private final Consumer<Watch> ended;
    private final ReentrantLock calling = new ReentrantLock();
    private volatile long seen;
    private volatile boolean closed;

    Watch(String prefix, long since, Consumer<Change> observer, Consumer<Watch> ended) {
        this.keys = KeyRange.of(prefix, "");
        this.seen = since;
        this.observer = observer;
        this.ended = ended;
    }

    KeyRange keys() {
        return keys;
    }

    /** Returns the revision up to which the observer has been told everything. */
    long seen() {
        return seen;
    }

    boolean closed() {
        return closed;
    }

    /** Tells the observer; what is not under its prefix is left out. */
    void take(Versions.Page page) {
        calling.lock();
        try {
            for (Change change : page.changes()) {
                if (closed) {
                    return;
                }
                List<Change.Event> events = change.events().stream()
                        .filter(event -> keys.contains(event.key()))
                        .toList();
                if (!events.isEmpty()) {
                    tell(new Change(change.revision(), events));
                }
                seen = change.revision();
            }
            seen = page.upTo();
        } finally {
            calling.unlock();
        }
    }

    private void tell(Change change) {
        try {
            observer.accept(change);
        } catch (RuntimeException e) {
            LOG.error("an observer failed on revision {} and is told the next one", change.revision(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        calling.lock(); // waits for the observer, unless it is the observer that closes
        try {
            ended.accept(this);
        } finally {
            calling.unlock();
        }
    }
}
