package io.tulle.client.source;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for changes in folders: by the operating system's events where there are any, and by a slow poll in any case, because events may be missing (a
 * network file system, no watches left) or lost (an overflow). One thread waits; {@link #close} comes from any.
 */
public final class FolderWatch implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(30);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int LONGEST_UNREST = 20;
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private final Duration quiet;
    private final Duration poll;
    private final @Nullable WatchService events;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Creates a watch.
     *
     * @param events where events come from; null leaves the poll alone
     * @param quiet how long nothing must happen after an event before it is passed on
     * @param poll how long {@link #await} waits for an event
     */
    FolderWatch(@Nullable WatchService events, Duration quiet, Duration poll) {
        this.events = events;
        this.quiet = quiet;
        this.poll = poll;
    }

    /** Returns a watch of folders of the file system that {@code path} is in; an event is passed on after 30 ms of quiet, and a poll is due every second. */
    public static FolderWatch of(Path path) {
        return new FolderWatch(events(path), QUIET, POLL);
    }

    private static @Nullable WatchService events(Path path) {
        try {
            return path.getFileSystem().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.info(
                    "{} is watched every {} ms, because there are no file events here: {}",
                    path,
                    POLL.toMillis(),
                    e.toString());
            return null;
        }
    }

    /** Adds folders to what is watched; those that are watched already stay so. */
    public void follow(Collection<Path> folders) {
        if (events == null) {
            return;
        }
        for (Path folder : folders) {
            try {
                folder.register(
                        events,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            } catch (IOException e) {
                LOG.debug("{} is not watched by events, only every {} ms", folder, poll.toMillis(), e);
            } catch (ClosedWatchServiceException e) {
                return;
            }
        }
    }

    /** Waits for an event and then for quiet, or for the time of the poll; returns whether there was an event. */
    public boolean await() throws InterruptedException {
        if (events == null) {
            closed.await(poll.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        }
        try {
            return awaitEvents(events);
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    private boolean awaitEvents(WatchService from) throws InterruptedException {
        WatchKey key = from.poll(poll.toMillis(), TimeUnit.MILLISECONDS);
        if (key == null) {
            return false;
        }
        for (int i = 0; key != null && i < LONGEST_UNREST; i++) {
            key.pollEvents(); // what exactly has changed does not matter: everything is read again
            key.reset();
            key = from.poll(quiet.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (key != null) {
            key.pollEvents();
            key.reset();
        }
        return true;
    }

    /** Waits for the time of quiet. */
    public void pause() throws InterruptedException {
        closed.await(quiet.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns whether it was closed: waiting ends then at once. */
    public boolean closed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
        if (events != null) {
            try {
                events.close();
            } catch (IOException e) {
                LOG.debug("closing a watch failed; it is not used any more", e);
            }
        }
    }
}
