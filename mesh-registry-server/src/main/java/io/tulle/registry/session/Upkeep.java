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
        long until = before;
        before = catalog.revision();
        catalog.forgetDepartures(until);
        if (until > 0 && !store.readOnly()) {
            deleteMarkers(until);
        }
        again();
    }

    private void deleteMarkers(long until) {
        List<Entry> old = store.range(Keys.GONE, "", Transaction.MOST_WRITES, 0).entries().stream()
                .filter(entry -> entry.revision() <= until)
                .toList();
        if (old.isEmpty()) {
            return;
        }
        Transaction.Builder transaction = Transaction.builder();
        old.forEach(entry -> transaction.when(entry.key(), entry.revision()).delete(entry.key()));
        var unused = store.commit(transaction.build()).whenComplete((committed, failure) -> {
            if (failure != null) {
                LOG.warn("why {} instances went could not be forgotten", old.size(), failure);
            } else if (old.size() == Transaction.MOST_WRITES) {
                scheduler.schedule(ticker.nanos(), () -> deleteMarkers(until));
            }
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
