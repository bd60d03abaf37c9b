package io.tulle.client.time;

import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs timers on one daemon thread from a timing wheel with a tick of four milliseconds: never early, about a tick late. Made for timers that are
 * nearly always cancelled. Thread-safe. While no timer is pending the thread sleeps without waking up.
 */
public final class WheelScheduler implements Scheduler, AutoCloseable {
    static final long TICK_NANOS = 4_000_000;
    private static final int BUCKETS = 1024;
    private static final int MOST_STRIPES = 16;
    private static final Logger LOG = LoggerFactory.getLogger(WheelScheduler.class);

    private final Ticker ticker;
    private final TimerWheel wheel;
    private final Thread thread = new Thread(this::run, "tulle-timer");
    private final AtomicBoolean idle = new AtomicBoolean();
    private volatile boolean closed;

    private WheelScheduler(Ticker ticker) {
        this.ticker = ticker;
        int stripes = Integer.highestOneBit(
                Math.min(MOST_STRIPES, 2 * Runtime.getRuntime().availableProcessors()));
        wheel = new TimerWheel(ticker.nanos(), TICK_NANOS, BUCKETS, stripes);
    }

    /** Starts a scheduler for a ticker that runs as fast as {@link System#nanoTime()}. */
    public static WheelScheduler start(Ticker ticker) {
        WheelScheduler scheduler = new WheelScheduler(ticker);
        scheduler.thread.setDaemon(true);
        scheduler.thread.start();
        return scheduler;
    }

    @Override
    public Timer schedule(long atNanos, Runnable task) {
        Timer timer = wheel.schedule(atNanos, task);
        // The wheel's lock orders this read after the sleeper's announcement whenever the sleeper did not see the
        // timer.
        if (idle.get() && idle.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
        return timer;
    }

    /** Stops the thread; pending timers do not run. Idempotent; does not wait for a task that is running. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** Returns whether the thread has nothing to do and sleeps until a timer is scheduled. */
    boolean idle() {
        return idle.get();
    }

    /** Returns whether the thread still lives. */
    boolean running() {
        return thread.isAlive();
    }

    private void run() {
        long next = ticker.nanos();
        while (!closed) {
            long now = ticker.nanos();
            wheel.expire(now, failure -> LOG.error("a timer's task failed; timers must not throw", failure));
            if (wheel.size() == 0) {
                sleepUntilScheduled();
                next = ticker.nanos();
            } else {
                next = now - next > TICK_NANOS ? now : next; // after a pause, do not hurry through the ticks missed
                next += TICK_NANOS;
                LockSupport.parkNanos(this, next - ticker.nanos());
            }
        }
    }

    private void sleepUntilScheduled() {
        idle.set(true);
        while (wheel.size() == 0 && idle.get() && !closed) {
            LockSupport.park(this);
        }
        idle.set(false);
    }
}
