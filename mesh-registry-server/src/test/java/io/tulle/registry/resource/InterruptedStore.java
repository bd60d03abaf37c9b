package io.tulle.registry.resource;

import io.tulle.registry.store.Change;
import io.tulle.registry.store.Committed;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A store where something else is written just before a transaction is applied, after everything about it was decided. */
final class InterruptedStore implements Store {
    private final Store store;
    private final Queue<Runnable> before = new ConcurrentLinkedQueue<>();

    InterruptedStore(Store store) {
        this.store = store;
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
        return store.commit(transaction);
    }

    @Override
    public String epoch() {
        return store.epoch();
    }

    @Override
    public long revision() {
        return store.revision();
    }

    @Override
    public Range range(String prefix, String after, int limit, long revision) {
        return store.range(prefix, after, limit, revision);
    }

    @Override
    public Subscription watch(String prefix, long since, Consumer<Change> observer) {
        return store.watch(prefix, since, observer);
    }

    @Override
    public CompletableFuture<Long> grant(Duration time) {
        return store.grant(time);
    }

    @Override
    public boolean keepAlive(long lease) {
        return store.keepAlive(lease);
    }

    @Override
    public CompletableFuture<Long> revoke(long lease) {
        return store.revoke(lease);
    }

    @Override
    public CompletableFuture<Long> compact(long revision) {
        return store.compact(revision);
    }

    @Override
    public boolean readOnly() {
        return store.readOnly();
    }

    @Override
    public long compacted() {
        return store.compacted();
    }

    @Override
    public void close() {
        store.close();
    }
}
