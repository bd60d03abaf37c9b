package io.tulle.client.source;

import io.tulle.api.MeshException;
import io.tulle.api.resource.ContradictoryResourcesException;
import io.tulle.api.resource.Resource;
import io.tulle.api.source.ResourceSource;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resources of a folder ({@link FolderContents} says which files), watched. A change is applied once nothing has happened for some milliseconds. While
 * any file is invalid or cannot be read, or the folder is gone, the last good set stays in force as a whole; each distinct reason is reported once, and
 * when the folder is valid again its set is delivered even if it is the one in force. A file that is removed takes its resources with it. Thread-safe.
 *
 * <p>Replace files by renaming where you can: a file that is written in two parts some time apart may be valid in between.
 */
public final class FolderSource implements ResourceSource {
    private static final int LONGEST_UNREST = 20;
    private static final long CLOSE_MILLIS = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(FolderSource.class);

    private final Path folder;
    private final FolderWatch watch;
    private final Thread thread = new Thread(this::run, "tulle-resources");
    private final AtomicBoolean started = new AtomicBoolean();

    // Touched by start() before the thread is started, then by the thread alone.
    private @Nullable Sink sink;
    private @Nullable FolderListing listing;
    private List<Resource> applied = List.of();
    private @Nullable String rejection;

    /** Creates a source of the files in {@code folder}; nothing is read before {@link #start}. */
    public FolderSource(Path folder) {
        this(folder, FolderWatch.of(folder));
    }

    FolderSource(Path folder, FolderWatch watch) {
        this.folder = folder;
        this.watch = watch;
    }

    /**
     * Delivers the first set, then watches on a daemon thread.
     *
     * @throws UnreadableFolderException if the folder is missing or something cannot be read
     * @throws io.tulle.client.codec.InvalidFileException with everything that is wrong, each with file, line and column
     * @throws IllegalStateException when called twice
     */
    @Override
    public void start(Sink to) {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException(folder + ": started twice");
        }
        sink = to;
        read(to);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        watch.close();
        if (!Thread.currentThread().equals(thread)) {
            try {
                thread.join(CLOSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the thread ends by itself soon
            }
        }
    }

    /** Returns the folder. */
    @Override
    public String toString() {
        return folder.toString();
    }

    private void run() {
        Sink to = sink;
        while (to != null && !watch.closed()) {
            try {
                boolean event = watch.await();
                if (!watch.closed()) {
                    refresh(to, event);
                }
            } catch (InterruptedException e) {
                watch.close(); // nobody of ours interrupts: whoever does wants the thread to end
                Thread.currentThread().interrupt();
            }
        }
    }

    private void refresh(Sink to, boolean event) throws InterruptedException {
        String reason = look(to, event);
        if (reason != null && !reason.equals(rejection)) {
            settle(); // what is wrong may be a file that is being written: believe it the second time
            reason = look(to, true);
        }
        if (reason != null && !reason.equals(rejection)) {
            rejection = reason;
            to.rejected(reason);
        }
    }

    /** Applies what has changed; returns what is wrong with it, or null. */
    private @Nullable String look(Sink to, boolean event) throws InterruptedException {
        try {
            FolderListing now = FolderListing.of(folder);
            watch.follow(now.folders());
            boolean changed = !now.equals(listing);
            if (changed && !event) {
                settle();
            }
            if (changed || event || rejection != null) {
                read(to);
            }
            return null;
        } catch (MeshException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            LOG.debug("{} could not be applied", folder, e);
            return folder + ": " + e;
        }
    }

    /** Waits until the folder stays as it is for the time of quiet; gives up after some rounds. */
    private void settle() throws InterruptedException {
        Object before = "";
        for (int i = 0; i < LONGEST_UNREST && !watch.closed(); i++) {
            Object now = listingOrReason();
            if (now.equals(before)) {
                return;
            }
            before = now;
            watch.pause();
        }
    }

    private Object listingOrReason() {
        try {
            return FolderListing.of(folder);
        } catch (MeshException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void read(Sink to) {
        watch.follow(FolderListing.of(folder).folders());
        FolderContents contents = FolderContents.read(folder);
        List<Resource> resources = contents.resources();
        boolean same = listing != null && resources.equals(applied);
        if (!same || rejection != null) { // the same set again takes a refusal back for everybody who was told
            try {
                to.accept(resources);
            } catch (ContradictoryResourcesException e) {
                throw contents.locate(e);
            }
        }
        listing = contents.listing();
        applied = resources;
        if (same && rejection != null) {
            LOG.info("{} is valid again; the configuration in force is unchanged", folder);
        }
        rejection = null;
    }
}
