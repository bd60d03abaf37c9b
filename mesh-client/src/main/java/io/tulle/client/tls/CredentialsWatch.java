package io.tulle.client.tls;

import io.tulle.api.MeshException;
import io.tulle.api.listener.MeshListener;
import io.tulle.client.source.FolderWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials that PEM files hold, read again when they change: by the system's file events and once a second, by content, so that a swap of links is seen
 * as well. While the files cannot be used, or do not fit together because some are replaced and others not yet, the last credentials stay; each distinct reason
 * is told once. Thread-safe.
 */
final class CredentialsWatch implements Supplier<Credentials>, AutoCloseable {
    private static final int LONGEST_UNREST = 20;
    private static final long CLOSE_MILLIS = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(CredentialsWatch.class);

    private final TlsFiles files;
    private final MeshListener listener;
    private final InstantSource clock;
    private final FolderWatch watch;
    private final Thread thread = new Thread(this::run, "tulle-identity");
    private volatile Credentials current;

    // The thread's alone, once it is started.
    private Credentials.Files read;
    private @Nullable String rejection;
    private boolean expired;

    /**
     * Reads the files and watches them.
     *
     * @throws InvalidCredentialsException if they cannot be used
     */
    static CredentialsWatch start(TlsFiles files, MeshListener listener, InstantSource clock) {
        CredentialsWatch watch = new CredentialsWatch(files, listener, clock);
        listener.certificateLoaded(watch.current.id().toString(), watch.current.expires());
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private CredentialsWatch(TlsFiles files, MeshListener listener, InstantSource clock) {
        this.files = files;
        this.listener = listener;
        this.clock = clock;
        read = Credentials.Files.read(files);
        current = Credentials.of(read, clock.instant());
        watch = FolderWatch.of(files.certificate());
        watch.follow(folders());
    }

    @Override
    public Credentials get() {
        return current;
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

    private void run() {
        while (!watch.closed()) {
            try {
                watch.await();
                if (!watch.closed()) {
                    refresh();
                }
            } catch (InterruptedException e) {
                watch.close(); // nobody of ours interrupts: whoever does wants the thread to end
                Thread.currentThread().interrupt();
            }
        }
    }

    private void refresh() throws InterruptedException {
        watch.follow(folders());
        String reason = look();
        for (int i = 0; i < LONGEST_UNREST && reason != null && !reason.equals(rejection); i++) {
            watch.pause(); // what is wrong may be a file that is being written: believe it the second time
            String again = look();
            if (reason.equals(again)) {
                rejection = reason;
                listener.certificateRejected(reason);
            }
            reason = again;
        }
        checkExpiry();
    }

    /** Puts in force what has changed; returns what is wrong with it, or null. */
    private @Nullable String look() {
        try {
            Credentials.Files now = Credentials.Files.read(files);
            if (!now.equals(read) || rejection != null) {
                apply(now);
            }
            return null;
        } catch (MeshException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) { // of the JDK's parsers
            LOG.debug("{} could not be applied", files, e);
            return files.certificate() + ": " + e;
        }
    }

    private void apply(Credentials.Files now) {
        if (now.equals(read)) { // as before it was broken
            rejection = null;
            LOG.info("{} is valid again; the identity is unchanged", now.certificate());
            return;
        }
        Credentials fresh = Credentials.of(now, clock.instant());
        if (!fresh.id().equals(current.id())) {
            throw now.certificate()
                    .wrong(fresh.id().toString(), current.id() + ", which a process is for as long as it lives");
        }
        read = now;
        rejection = null;
        expired = false;
        current = fresh;
        listener.certificateLoaded(fresh.id().toString(), fresh.expires());
    }

    private void checkExpiry() {
        if (!expired && clock.instant().isAfter(current.expires())) {
            expired = true;
            listener.certificateRejected(read.certificate() + ": expired at " + current.expires()
                    + " (expected: to have been replaced before; new connections are refused by their peers)");
        }
    }

    /** The folders that the files are in, by their names and, where these are links, in truth. */
    private Set<Path> folders() {
        Set<Path> folders = new LinkedHashSet<>();
        Stream.of(files.certificate(), files.key(), files.authorities()).forEach(file -> {
            addParent(folders, file.toAbsolutePath());
            try {
                addParent(folders, file.toRealPath());
            } catch (IOException e) {
                LOG.trace("{} is not there now", file, e); // reading it says so
            }
        });
        return folders;
    }

    private static void addParent(Set<Path> folders, Path file) {
        Path parent = file.getParent();
        if (parent != null) {
            folders.add(parent);
        }
    }
}
