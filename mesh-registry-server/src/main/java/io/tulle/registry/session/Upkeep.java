package io.tulle.registry.session;

import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets, two to three leases after an instance went, why it did. Thread-safe. */
public final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final int LEASES = 2;

    private final Store store;
    private final Catalog catalog;
    private final Ticker ticker;
    private final Scheduler scheduler;
    private final Duration period;
    private volatile long before; // what was there two leases ago
    private volatile boolean closed;

    private Upkeep(Store store, Catalog catalog, Ticker ticker, Scheduler scheduler, Duration lease) {
        this.store = store;
        this.catalog = catalog;
        this.ticker = ticker;
        this.scheduler = scheduler;
        this.period = lease.multipliedBy(LEASES);
    }

    /** Begins. */
    public static Upkeep start(Store store, Catalog catalog, Ticker ticker, Scheduler scheduler, Duration lease) {
        Upkeep upkeep = new Upkeep(store, catalog, ticker, scheduler, lease);
        upkeep.again();
        return upkeep;
    }

    private void again() {
        scheduler.schedule(ticker.nanos() + period.toNanos(), this::forget);
    }

    private void forget() {
        if (closed) {
            return;
        }
        again(); // first: what cannot be read now may be next time
        long until = before;
        before = catalog.revision();
        catalog.forgetDepartures(until);
        if (until > 0 && !store.readOnly()) {
            deleteMarkers(until, "");
        }
    }

    private void deleteMarkers(long until, String after) {
        List<Entry> page =
                store.range(Keys.GONE, after, Transaction.MOST_WRITES, 0).entries();
        var unused = delete(page, until).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("why instances went could not be forgotten", failure);
            } else if (page.size() == Transaction.MOST_WRITES) {
                String last = page.get(page.size() - 1).key();
                scheduler.schedule(ticker.nanos(), () -> goOn(until, last));
            }
        });
    }

    private void goOn(long until, String after) {
        if (!closed) {
            deleteMarkers(until, after);
        }
    }

    private CompletableFuture<?> delete(List<Entry> page, long until) {
        Transaction.Builder transaction = Transaction.builder();
        List<Entry> old =
                page.stream().filter(entry -> entry.revision() <= until).toList();
        old.forEach(entry -> transaction.when(entry.key(), entry.revision()).delete(entry.key()));
        return old.isEmpty() ? CompletableFuture.completedFuture(null) : store.commit(transaction.build());
    }

    @Override
    public void close() {
        closed = true;
    }
}
