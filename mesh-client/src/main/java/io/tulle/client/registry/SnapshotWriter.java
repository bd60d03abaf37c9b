package io.tulle.client.registry;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the newest state to a {@link SnapshotFile}, on a daemon thread of its own: a slow disk delays nobody. States that are replaced before their turn are
 * not written. Thread-safe.
 */
final class SnapshotWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);
    private static final long CLOSE_MILLIS = 2_000;

    private final SnapshotFile file;
    private final Thread thread = new Thread(this::run, "tulle-snapshots");
    private final ReentrantLock lock = new ReentrantLock(); // guards the fields below
    private final Condition news = lock.newCondition();
    private final long pauseNanos;
    private @Nullable SavedSnapshot next;
    private boolean closed;
    private String complaint = ""; // of the thread alone
    private volatile long failures;

    SnapshotWriter(SnapshotFile file, long pauseNanos) {
        this.file = file;
        this.pauseNanos = pauseNanos;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Has {@code snapshot} written instead of what waits. */
    void write(SavedSnapshot snapshot) {
        lock.lock();
        try {
            next = snapshot;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits and ends; returns within two seconds. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the thread ends by itself soon
        }
    }

    /** Returns how many writes have failed. */
    long failures() {
        return failures;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts, others look
    private void countFailure() {
        failures++;
    }

    private void run() {
        try {
            SavedSnapshot snapshot = take();
            while (snapshot != null) {
                save(snapshot);
                snapshot = take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody of ours interrupts: whoever does wants the thread to end
        }
    }

    private @Nullable SavedSnapshot take() throws InterruptedException {
        lock.lock();
        try {
            while (next == null && !closed) {
                news.await();
            }
            pause();
            SavedSnapshot taken = next;
            next = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Lets what comes together be written together, and what is put in force now come before the disk. Under the lock. */
    private void pause() throws InterruptedException {
        long left = pauseNanos;
        while (left > 0 && !closed) {
            left = news.awaitNanos(left);
        }
    }

    private void save(SavedSnapshot snapshot) {
        try {
            file.write(snapshot);
            complaint = "";
        } catch (IOException | RuntimeException e) {
            countFailure();
            String now = String.valueOf(e);
            if (!now.equals(complaint)) {
                complaint = now;
                LOG.warn(
                        "{} cannot be written; a process that starts while no registry answers will know less: {}",
                        file.path(),
                        now);
            }
        }
    }
}
