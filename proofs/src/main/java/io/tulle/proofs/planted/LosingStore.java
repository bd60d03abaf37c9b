package io.tulle.proofs.planted;

import io.tulle.registry.store.Committed;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Acknowledges every so-manieth write and writes something else in its place. Thread-safe. */
final class LosingStore extends StoreDecorator {
    private static final int EVERY = 100;

    private final AtomicInteger commits = new AtomicInteger();

    LosingStore(Store store) {
        super(store);
    }

    @Override
    public CompletableFuture<Committed> commit(Transaction transaction) {
        int number = commits.incrementAndGet();
        if (number % EVERY != 0) {
            return super.commit(transaction);
        }
        byte[] nothing = {};
        return super.commit(new Transaction(
                transaction.conditions(),
                Transaction.builder().put("lost/" + number, nothing).build().writes()));
    }
}
