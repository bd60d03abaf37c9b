package io.tulle.proofs.planted;

import io.tulle.registry.catalog.Keys;
import io.tulle.registry.store.Committed;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes two transactions of one that writes several resources. Thread-safe. */
final class SplittingStore extends StoreDecorator {
    SplittingStore(Store store) {
        super(store);
    }

    @Override
    public CompletableFuture<Committed> commit(Transaction transaction) {
        List<Transaction.Write> resources = transaction.writes().stream()
                .filter(write -> write.key().startsWith(Keys.RESOURCES))
                .toList();
        if (resources.size() < 2) {
            return super.commit(transaction);
        }
        Transaction.Write first = resources.get(0);
        List<Transaction.Write> rest = transaction.writes().stream()
                .filter(write -> !write.key().equals(first.key()))
                .toList();
        return super.commit(new Transaction(transaction.conditions(), List.of(first)))
                .thenCompose(committed -> committed.succeeded()
                        ? super.commit(new Transaction(List.of(), rest))
                        : CompletableFuture.completedFuture(committed));
    }
}
