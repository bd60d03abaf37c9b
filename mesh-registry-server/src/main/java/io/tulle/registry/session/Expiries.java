package io.tulle.registry.session;

import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.WatchLine;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.catalog.CatalogChange;
import io.tulle.registry.catalog.CatalogState;
import io.tulle.registry.catalog.ServiceView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Remembers whose lease has run out: for one lease, until it is confirmed, and for another one, so that a process that was away then hears it, too. An
 * instance that has come back with the same uid is not confirmed. At most {@value #MOST} are remembered of a service, the last ones. Thread-safe.
 */
public final class Expiries {
    private static final int MOST = 1_000;

    private final Catalog catalog;
    private final Ticker ticker;
    private final Scheduler scheduler;
    private final long leaseNanos;
    private volatile Consumer<String> listener = service -> {};
    private final ReentrantLock lock = new ReentrantLock(); // guards what is remembered
    private final Map<String, Deque<Expired>> remembered = new HashMap<>();

    private record Expired(WatchLine.Removed removed, long atNanos) {}

    private Expiries(Catalog catalog, Ticker ticker, Scheduler scheduler, Duration lease) {
        this.catalog = catalog;
        this.ticker = ticker;
        this.scheduler = scheduler;
        this.leaseNanos = lease.toNanos();
    }

    /** Begins to remember. */
    public static Expiries start(Catalog catalog, Ticker ticker, Scheduler scheduler, Duration lease) {
        Expiries expiries = new Expiries(catalog, ticker, scheduler, lease);
        CatalogState before = catalog.follow(expiries::note);
        before.services()
                .values()
                .forEach(view ->
                        view.departures().forEach(departure -> expiries.note(view.service(), departure.removed())));
        return expiries;
    }

    /** Has {@code newListener}, which must be quick, told a service whenever expiries of it are a lease old. */
    public void listen(Consumer<String> newListener) {
        listener = newListener;
    }

    private void note(CatalogChange change) {
        change.services().forEach(of -> of.removed().forEach(removed -> note(of.service(), removed)));
    }

    private void note(String service, WatchLine.Removed removed) {
        if (removed.reason() != RemovalReason.EXPIRED) {
            return;
        }
        long now = ticker.nanos();
        lock.lock();
        try {
            Deque<Expired> expired = remembered.computeIfAbsent(service, none -> new ArrayDeque<>());
            expired.add(new Expired(removed, now));
            if (expired.size() > MOST) {
                expired.remove();
            }
        } finally {
            lock.unlock();
        }
        scheduler.schedule(now + leaseNanos, () -> listener.accept(service));
        scheduler.schedule(now + 2 * leaseNanos, () -> forget(service));
    }

    private void forget(String service) {
        long now = ticker.nanos();
        lock.lock();
        try {
            remembered.computeIfPresent(service, (same, expired) -> {
                expired.removeIf(old -> now - old.atNanos >= 2 * leaseNanos);
                return expired.isEmpty() ? null : expired;
            });
        } finally {
            lock.unlock();
        }
    }

    /** Returns the expiries of a service that are a lease old and still hold. */
    public List<WatchLine.Removed> confirmed(String service) {
        long now = ticker.nanos();
        ServiceView view = catalog.service(service);
        lock.lock();
        try {
            return remembered.getOrDefault(service, new ArrayDeque<>()).stream()
                    .filter(expired -> now - expired.atNanos >= leaseNanos)
                    .map(Expired::removed)
                    .filter(removed -> view == null || !view.has(removed))
                    .distinct()
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
