package io.tulle.registry.store;

import java.util.concurrent.CompletableFuture;

/** One compaction: a few revisions at a time, each time behind the writes that wait already. Thread-safe. */
final class Sweep {
    private final Writer writer;
    private final Feed feed;
    private final long revision;
    private final int atOnce;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private final SerialTask step =
            new SerialTask(Runnable::run, this::some); // a loop, also where writes are done at once

    /** Creates a compaction up to {@code revision}, so many revisions at a time. */
    Sweep(Writer writer, Feed feed, long revision, int atOnce) {
        this.writer = writer;
        this.feed = feed;
        this.revision = revision;
        this.atOnce = atOnce;
    }

    /** Starts it; completes with the revision that was reached. */
    CompletableFuture<Long> start() {
        step.ask();
        return done;
    }

    private void some() {
        long before = feed.compacted();
        if (before >= revision) {
            done.complete(before);
            return;
        }
        CompletableFuture<Long> unused = writer.submit(0, batch -> compact(before, batch))
                .whenComplete((reached, failure) -> {
                    if (failure != null) {
                        done.completeExceptionally(failure);
                    } else if (reached == before) {
                        done.complete(reached); // a watch has yet to see what comes next
                    } else {
                        step.ask();
                    }
                });
    }

    private long compact(long before, Batch batch) {
        long reached = feed.compact(Math.min(revision, before + atOnce));
        batch.group().compact(reached);
        return reached;
    }
}
