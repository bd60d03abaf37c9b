package io.tulle.registry.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Does what another store does; who wants something else overrides it. */
public class DelegatingStore implements Store {
    /** The other store. */
    protected final Store store;

    /** Creates one that does what {@code store} does. */
    protected DelegatingStore(Store store) {
        this.store = store;
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
    public CompletableFuture<Committed> commit(Transaction transaction) {
        return store.commit(transaction);
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
    public long compacted() {
        return store.compacted();
    }

    @Override
    public boolean readOnly() {
        return store.readOnly();
    }

    @Override
    public void close() {
        store.close();
    }
}
