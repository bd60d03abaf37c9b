package io.tulle.registry.resource;

import io.tulle.registry.store.Committed;
import io.tulle.registry.store.DelegatingStore;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A store where something else is written just before a transaction is applied, after everything about it was decided. */
final class InterruptedStore extends DelegatingStore {
    private final Queue<Runnable> before = new ConcurrentLinkedQueue<>();

    InterruptedStore(Store store) {
        super(store);
    }

    /** Has {@code action} run before the next transaction; the transactions of the action are not interrupted. */
    void beforeNext(Runnable action) {
        before.add(action);
    }

    /** Returns the store itself. */
    Store uninterrupted() {
        return store;
    }

    @Override
    public CompletableFuture<Committed> commit(Transaction transaction) {
        Runnable action = before.poll();
        if (action != null) {
            action.run();
        }
        return super.commit(transaction);
    }
}
