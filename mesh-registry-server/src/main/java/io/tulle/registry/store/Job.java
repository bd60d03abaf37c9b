package io.tulle.registry.store;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Something to write, and who waits for it. */
final class Job<T> {
    private final Work<T> work;
    private final int bytes;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private @Nullable T result;

    /** What a job does. */
    interface Work<T> {
        /** Writes; the result is handed out when the group is durable. */
        T in(Batch batch);
    }

    /** Creates a job that writes about so many bytes. */
    Job(Work<T> work, int bytes) {
        this.work = work;
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    CompletableFuture<T> done() {
        return done;
    }

    void run(Batch batch) {
        result = work.in(batch);
    }

    @SuppressWarnings("NullAway") // completed only after run
    void complete() {
        done.complete(result);
    }

    void fail(Throwable why) {
        done.completeExceptionally(why);
    }
}
