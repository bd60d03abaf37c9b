package io.tulle.registry.session;

import io.tulle.registry.http.ProblemException;
import io.tulle.registry.store.Committed;
import io.tulle.registry.store.ReadOnlyStoreException;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes, and tries again when somebody else has written in between. Thread-safe. */
final class Commits {
    private static final int TRIES = 8;
    private static final long PATIENCE_SECONDS = 20;

    private final Store store;

    Commits(Store store) {
        this.store = store;
    }

    /**
     * Commits what {@code plan} makes of the newest state, which it reads anew each time; null when there is nothing to do.
     *
     * @return the revision, or the newest when there was nothing to do
     * @throws ProblemException 409 when others are faster each time; 503 when the store cannot be written
     */
    long commit(Supplier<@Nullable Transaction> plan) {
        for (int tries = 0; tries < TRIES; tries++) {
            Transaction transaction = plan.get();
            if (transaction == null) {
                return store.revision();
            }
            Committed committed = await(store.commit(transaction));
            if (committed.succeeded()) {
                return committed.revision();
            }
        }
        throw new ProblemException(
                409, "conflict", "others changed the same " + TRIES + " times meanwhile (expected: fewer); try again");
    }

    /** Waits for the store. */
    static <T> T await(CompletableFuture<T> written) {
        try {
            return written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ReadOnlyStoreException cause) {
                throw new ProblemException(503, "read-only", String.valueOf(cause.getMessage()));
            } else if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the store failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the store has not answered for " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(503, "not-ready", "the registry is stopping; try another one");
        }
    }
}
