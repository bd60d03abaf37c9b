package io.tulle.registry.store;

import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** How long each lease has. All in memory: keeping alive moves an instant, and the timer looks at it when it fires. Thread-safe. */
final class Leases {
    private final Ticker ticker;
    private final Scheduler scheduler;
    private final LongConsumer expire;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Lease> leases = new HashMap<>();
    private boolean closed;

    /**
     * Creates it.
     *
     * @param expire is told each lease whose time is over, and then calls {@link #remove} or {@link #revive}
     */
    Leases(Ticker ticker, Scheduler scheduler, LongConsumer expire) {
        this.ticker = ticker;
        this.scheduler = scheduler;
        this.expire = expire;
    }

    private static final class Lease {
        final long nanos;
        long end;
        boolean ending;
        Scheduler.@Nullable Timer timer;

        Lease(Duration time) {
            nanos = time.toNanos();
        }
    }

    /** Starts a lease. */
    void add(long id, Duration time) {
        lock.lock();
        try {
            if (!closed) {
                Lease lease = new Lease(time);
                leases.put(id, lease);
                startAnew(lease);
                schedule(id, lease);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Starts a lease's time anew, unless it is unknown or ending. */
    boolean keepAlive(long id) {
        lock.lock();
        try {
            Lease lease = leases.get(id);
            if (lease == null || lease.ending) {
                return false;
            }
            startAnew(lease);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a lease from being kept alive: it is about to be removed. */
    void end(long id) {
        lock.lock();
        try {
            Lease lease = leases.get(id);
            if (lease != null) {
                lease.ending = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives a lease that could not be removed a whole time again. */
    void revive(long id) {
        lock.lock();
        try {
            Lease lease = leases.get(id);
            if (lease != null && !closed) {
                lease.ending = false;
                startAnew(lease);
                schedule(id, lease);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a lease. */
    void remove(long id) {
        lock.lock();
        try {
            Lease lease = leases.remove(id);
            if (lease != null) {
                cancel(lease);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing expire any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            leases.values().forEach(Leases::cancel);
            leases.clear();
        } finally {
            lock.unlock();
        }
    }

    private void startAnew(Lease lease) {
        lease.end = ticker.nanos() + lease.nanos;
    }

    private void schedule(long id, Lease lease) {
        cancel(lease);
        lease.timer = scheduler.schedule(lease.end, () -> fired(id, lease));
    }

    private static void cancel(Lease lease) {
        if (lease.timer != null) {
            lease.timer.cancel();
        }
    }

    private void fired(long id, Lease lease) {
        if (isOver(id, lease)) {
            expire.accept(id);
        }
    }

    private boolean isOver(long id, Lease lease) {
        lock.lock();
        try {
            if (lease.ending || leases.get(id) != lease) {
                return false;
            }
            lease.ending = lease.end - ticker.nanos() <= 0;
            if (!lease.ending) {
                schedule(id, lease);
            }
            return lease.ending;
        } finally {
            lock.unlock();
        }
    }
}
