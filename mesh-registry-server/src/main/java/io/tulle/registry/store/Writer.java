package io.tulle.registry.store;

import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does all writing, in the order in which it was asked for. What has come in while a group was being written makes the next group, so that one sync serves
 * many. Thread-safe.
 *
 * <p>A group that cannot be written fails as a whole and leaves nothing behind. From then on the writer is read-only in name: writes are still tried, and one
 * that succeeds ends it. Every second it tries by itself.
 */
final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int MOST_JOBS = 256;
    private static final int MOST_BYTES = 4 * Store.MOST_BYTES;
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Versions versions;
    private final Feed feed;
    private final Ticker ticker;
    private final Scheduler scheduler;
    private final Queue<Job<?>> queue = new ConcurrentLinkedQueue<>();
    private final SerialTask draining;
    private volatile boolean readOnly;
    private volatile boolean closed;

    Writer(Versions versions, Feed feed, Executor executor, Ticker ticker, Scheduler scheduler) {
        this.versions = versions;
        this.feed = feed;
        this.ticker = ticker;
        this.scheduler = scheduler;
        this.draining = new SerialTask(executor, this::drain);
    }

    boolean readOnly() {
        return readOnly;
    }

    /** Queues a job that writes about so many bytes. */
    <T> CompletableFuture<T> submit(int bytes, Job.Work<T> work) {
        Job<T> job = new Job<>(work, bytes);
        queue.add(job);
        if (closed) {
            failQueued();
        } else {
            draining.ask();
        }
        return job.done();
    }

    /** Takes nothing more. What is queued is still written, if the executor goes on. */
    void close() {
        closed = true;
    }

    /** Fails what was not written. The executor has ended. */
    void failQueued() {
        for (Job<?> job = queue.poll(); job != null; job = queue.poll()) {
            job.fail(new IllegalStateException("the store is closed"));
        }
    }

    private void drain() {
        for (List<Job<?>> jobs = next(); !jobs.isEmpty(); jobs = next()) {
            write(jobs);
        }
    }

    private List<Job<?>> next() {
        List<Job<?>> jobs = new ArrayList<>();
        int bytes = 0;
        while (jobs.size() < MOST_JOBS && bytes < MOST_BYTES) {
            Job<?> job = queue.poll();
            if (job == null) {
                break;
            }
            jobs.add(job);
            bytes += job.bytes();
        }
        return jobs;
    }

    private void write(List<Job<?>> jobs) {
        Batch batch;
        try {
            batch = attempt(jobs);
        } catch (ReadOnlyStoreException e) {
            failed(e);
            jobs.forEach(job -> job.fail(e));
            return;
        } catch (RuntimeException | Error e) {
            LOG.error("a group of writes failed", e);
            jobs.forEach(job -> job.fail(e));
            return;
        }
        if (batch.wrote()) {
            succeeded();
        }
        feed.publish(batch.changes());
        jobs.forEach(Job::complete);
        feed.deliver();
    }

    private Batch attempt(List<Job<?>> jobs) {
        Group group = versions.begin();
        try {
            Batch batch = new Batch(group, feed.revision());
            jobs.forEach(job -> job.run(batch));
            group.commit(batch.revision());
            return batch;
        } catch (RuntimeException | Error e) {
            undo(group, e);
            throw e;
        }
    }

    private static void undo(Group group, Throwable why) {
        try {
            group.rollback();
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    private void failed(ReadOnlyStoreException why) {
        if (!readOnly) {
            readOnly = true;
            LOG.warn("the store is read-only: {}", why.getMessage());
            probeLater();
        }
    }

    private void succeeded() {
        if (readOnly) {
            readOnly = false;
            LOG.info("the store can be written again");
        }
    }

    private void probeLater() {
        scheduler.schedule(ticker.nanos() + PROBE_NANOS, this::probe);
    }

    private void probe() {
        if (readOnly && !closed) {
            CompletableFuture<Boolean> unused = submit(0, Batch::probe).whenComplete((ignored, failure) -> {
                if (failure != null) {
                    probeLater();
                }
            });
        }
    }
}
