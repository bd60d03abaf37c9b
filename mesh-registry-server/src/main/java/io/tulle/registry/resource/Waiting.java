package io.tulle.registry.resource;

import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.http.ProblemException;
import io.tulle.registry.store.Committed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits, never for ever. */
final class Waiting {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Waiting() {}

    /** Waits until {@code catalog} has seen what was written, so that what was answered is built on. */
    static void forRevision(Catalog catalog, long revision) {
        if (!catalog.awaitRevision(revision)) {
            throw new ProblemException(
                    503,
                    "not-ready",
                    "the registry has read up to revision " + catalog.revision() + " of " + revision + "; try again");
        }
    }

    /** Returns what became of a transaction; what the store throws comes out as it is. */
    static Committed forCommit(CompletableFuture<Committed> commit) {
        try {
            return commit.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the store failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the store has not answered for " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(503, "not-ready", "the registry is stopping; try another one");
        }
    }
}
