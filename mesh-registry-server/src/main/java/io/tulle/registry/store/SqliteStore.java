package io.tulle.registry.store;

import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in one folder: the file {@code tulle.db} of SQLite, in the format of {@link SqliteSchema}, with its write-ahead log beside it, and {@code
 * tulle.lock}, which the process holds that has the folder. Whatever is acknowledged has been synced; transactions that wait together share a sync.
 *
 * <p>One thread writes, another calls observers; both are daemons and end with {@link #close}. A write that failed because of the disk changes nothing that can
 * be read. Should the machine stop right then, it may turn out to have been done: as with every database, only an answer is certain.
 */
public final class SqliteStore extends VersionedStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

    private final ExecutorService writing;
    private final ExecutorService delivering;

    private SqliteStore(
            Versions versions,
            ExecutorService writing,
            ExecutorService delivering,
            Ticker ticker,
            Scheduler scheduler) {
        super(versions, writing, delivering, ticker, scheduler);
        this.writing = writing;
        this.delivering = delivering;
    }

    /**
     * Opens the store of a folder, which is made when it is missing.
     *
     * @throws UnusableStoreException if the folder cannot be written or another process has it, or its file is corrupt or of a newer format
     */
    public static SqliteStore open(Path folder, Ticker ticker, Scheduler scheduler) {
        return open(folder, ConnectionSource.DURABLE, ticker, scheduler);
    }

    /**
     * Opens the store of a folder with connections of one's own.
     *
     * @throws UnusableStoreException as {@link #open(Path, Ticker, Scheduler)} does
     */
    public static SqliteStore open(Path folder, ConnectionSource source, Ticker ticker, Scheduler scheduler) {
        return new SqliteStore(
                SqliteVersions.open(folder, source),
                thread("tulle-store-writer"),
                thread("tulle-store-watch"),
                ticker,
                scheduler);
    }

    private static ExecutorService thread(String name) {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy()); // after close: the writer fails what is left
    }

    @Override
    void endWriting() {
        end(writing);
    }

    @Override
    void endDelivering() {
        end(delivering);
    }

    private static void end(ExecutorService thread) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("a thread of the store has not ended within a minute: {}", thread);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
