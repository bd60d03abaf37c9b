package io.tulle.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells adapters that there is news: a configuration is in force, a service is said not to exist, or there will be none any more. They then look at the engine's
 * snapshot, which may be newer than the news. Thread-safe.
 */
public final class Changes {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    Changes() {}

    /** Has {@code follower} run at all news from now on, on the thread that brings them: it must be quick and must not block. */
    public void follow(Runnable follower) {
        followers.add(follower);
    }

    /** Ends what {@link #follow} began; {@code follower} may still run once more if it is running now. */
    public void leave(Runnable follower) {
        followers.remove(follower);
    }

    /** Returns whether there is no news any more, because the mesh was closed. It is told as the last one. */
    public boolean over() {
        return over;
    }

    void end() {
        over = true;
        tell();
    }

    void tell() {
        for (Runnable follower : followers) {
            try {
                follower.run();
            } catch (RuntimeException e) {
                LOG.error("{} failed at news of the configuration; it must not throw", follower, e);
            }
        }
    }
}
