package io.tulle.registry;

import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import io.tulle.registry.store.Store;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the store forget old versions, so that it does not grow for ever: once a minute, all but the newest {@link #KEPT} revisions. A watcher or a page of a
 * list that is older than that has to start again. Thread-safe.
 */
final class Compaction implements AutoCloseable {
    /** How many revisions are kept. */
    static final long KEPT = 10_000;

    /** How often versions are forgotten. */
    static final Duration PERIOD = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    private final Store store;
    private final Ticker ticker;
    private final Scheduler scheduler;
    private volatile boolean closed;

    private Compaction(Store store, Ticker ticker, Scheduler scheduler) {
        this.store = store;
        this.ticker = ticker;
        this.scheduler = scheduler;
    }

    static Compaction start(Store store, Ticker ticker, Scheduler scheduler) {
        Compaction compaction = new Compaction(store, ticker, scheduler);
        compaction.again();
        return compaction;
    }

    private void again() {
        scheduler.schedule(ticker.nanos() + PERIOD.toNanos(), this::compact);
    }

    private void compact() {
        if (closed) {
            return;
        }
        long last = store.revision() - KEPT;
        if (last > store.compacted() && !store.readOnly()) {
            var unused = store.compact(last).whenComplete((reached, failure) -> {
                if (failure != null) {
                    LOG.warn("versions up to revision {} could not be forgotten", last, failure);
                }
            });
        }
        again();
    }

    @Override
    public void close() {
        closed = true;
    }
}
