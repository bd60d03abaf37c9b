package io.tulle.client.time;

import io.tulle.api.time.Instants;
import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs timers on one daemon thread from a timing wheel with a tick of four milliseconds: never early, about a tick late. Made for timers that are
 * nearly always cancelled. Thread-safe. The thread sleeps until the next tick that has timers: a process without calls costs nothing. After {@link #retire}
 * it ends whenever nothing is pending: calls outlive their mesh, and their deadlines hold.
 */
public final class WheelScheduler implements Scheduler, AutoCloseable {
    static final long TICK_NANOS = 4_000_000;
    private static final int BUCKETS = 1024;
    private static final long AWAKE = Long.MIN_VALUE;
    private static final int MOST_STRIPES = 16;
    private static final Logger LOG = LoggerFactory.getLogger(WheelScheduler.class);

    private final Ticker ticker;
    private final TimerWheel wheel;
    private final AtomicLong sleepsUntil = new AtomicLong(AWAKE);
    private final ReentrantLock starting = new ReentrantLock();
    private volatile Thread thread; // written under the lock
    private volatile boolean retired;
    private volatile boolean closed;
    private boolean ended; // under the lock

    private WheelScheduler(Ticker ticker) {
        this.ticker = ticker;
        int stripes = Integer.highestOneBit(
                Math.min(MOST_STRIPES, 2 * Runtime.getRuntime().availableProcessors()));
        wheel = new TimerWheel(ticker.nanos(), TICK_NANOS, BUCKETS, stripes);
        thread = newThread();
    }

    private Thread newThread() {
        Thread made = new Thread(this::run, "tulle-timer");
        made.setDaemon(true);
        return made;
    }

    /** Starts a scheduler for a ticker that runs as fast as {@link System#nanoTime()}. */
    public static WheelScheduler start(Ticker ticker) {
        WheelScheduler scheduler = new WheelScheduler(ticker);
        scheduler.thread.start();
        return scheduler;
    }

    @Override
    public Timer schedule(long atNanos, Runnable task) {
        Timer timer = wheel.schedule(atNanos, task);
        // The wheel's lock orders this read after the sleeper's announcement whenever the sleeper did not see the
        // timer.
        long until = sleepsUntil.get();
        boolean late = until != AWAKE && (until == Instants.NEVER || atNanos - until < 0);
        if (late && sleepsUntil.compareAndSet(until, AWAKE)) {
            LockSupport.unpark(thread);
        }
        if (retired) {
            goOn();
        }
        return timer;
    }

    /** Sees that there is a thread for a timer that came after the end. */
    private void goOn() {
        starting.lock();
        try {
            if (ended && !closed) {
                ended = false;
                thread = newThread();
                thread.start();
            }
        } finally {
            starting.unlock();
        }
    }

    /** Has the thread end when nothing is pending; what is scheduled later runs on another, which ends in the same way. Idempotent; does not wait. */
    public void retire() {
        retired = true;
        LockSupport.unpark(thread);
    }

    /** Stops the thread; pending timers do not run. Idempotent; does not wait for a task that is running. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** Returns whether the thread has nothing to do and sleeps until a timer is scheduled. */
    boolean idle() {
        return sleepsUntil.get() == Instants.NEVER;
    }

    /** Returns whether the thread sleeps, until a timer is due or a sooner one is scheduled. */
    boolean asleep() {
        return sleepsUntil.get() != AWAKE;
    }

    /** Returns whether the thread still lives. */
    boolean running() {
        return thread.isAlive();
    }

    private void run() {
        while (!over()) {
            wheel.expire(ticker.nanos(), failure -> LOG.error("a timer's task failed; timers must not throw", failure));
            sleep();
        }
    }

    private boolean over() {
        if (closed || !retired) {
            return closed;
        }
        starting.lock();
        try {
            ended = wheel.next() == Instants.NEVER; // a timer that comes now sees that it has ended
            return ended;
        } finally {
            starting.unlock();
        }
    }

    /** Sleeps until there is something to do. It says that it sleeps before it looks: a timer that it does not see wakes it. */
    private void sleep() {
        sleepsUntil.set(Instants.NEVER);
        long next = wheel.next();
        sleepsUntil.compareAndSet(Instants.NEVER, next);
        if (closed) {
            return;
        }
        if (next != Instants.NEVER) {
            LockSupport.parkNanos(this, next - ticker.nanos());
        } else if (!retired) {
            LockSupport.park(this);
        }
        sleepsUntil.set(AWAKE);
    }
}
