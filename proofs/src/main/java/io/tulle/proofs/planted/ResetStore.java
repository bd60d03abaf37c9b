package io.tulle.proofs.planted;

import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import java.util.List;

/** Has everything that another store has, under revisions that begin anew, and still says the same epoch: a backup restored without care. Thread-safe. */
final class ResetStore extends StoreDecorator {
    private final String epoch;

    private ResetStore(Store store, String epoch) {
        super(store);
        this.epoch = epoch;
    }

    /** Copies {@code store}, leases left out, and closes it. */
    static ResetStore of(Store store, Ticker ticker, Scheduler scheduler) {
        try (store) {
            Store fresh = MemoryStore.open(ticker, scheduler);
            String after = "";
            for (List<Entry> page = page(store, after); !page.isEmpty(); page = page(store, after)) {
                Transaction.Builder copy = Transaction.builder();
                page.forEach(entry -> copy.put(entry.key(), entry.value()));
                fresh.commit(copy.build()).join();
                after = page.get(page.size() - 1).key();
            }
            return new ResetStore(fresh, store.epoch());
        }
    }

    private static List<Entry> page(Store store, String after) {
        return store.range("", after, Transaction.MOST_WRITES, 0).entries();
    }

    @Override
    public String epoch() {
        return epoch;
    }
}
