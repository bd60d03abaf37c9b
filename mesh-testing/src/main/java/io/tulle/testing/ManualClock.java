package io.tulle.testing;

import io.tulle.api.time.Parker;
import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Virtual time: one fake for ticker, scheduler and parker. Time stands still until a test (or a parked thread) moves it, and never runs a task inside
 * {@link #schedule}.
 *
 * <p>Tasks run in order of time, and at one instant in the order that the driver contract demands: what the wire does ({@link #scheduleIo}), then what
 * the caller does ({@link #scheduleCaller}), then timers ({@link #schedule}); within each in the order in which they were scheduled. A task sees the
 * clock at exactly its instant.
 *
 * <p>The clock starts at a random reading: sometimes just before {@link Long#MAX_VALUE} or just below 0, so that code that compares readings with
 * {@code <} fails its tests. Scheduling is thread-safe; moving time is meant for one thread at a time, which runs the tasks. No lock is held meanwhile.
 */
public final class ManualClock implements Ticker, Scheduler, Parker {
    private static final long NEAR = Duration.ofSeconds(2).toNanos();
    private static final int MOST_TASKS = 10_000_000;

    private enum Order {
        IO,
        CALLER,
        TIMER
    }

    private final ReentrantLock lock = new ReentrantLock(); // guards tasks and sequence
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.<Task>comparingLong(task -> task.at)
            .thenComparing(task -> task.order)
            .thenComparingLong(task -> task.number));
    private final long origin;
    private long sequence;
    private volatile long elapsed;
    private volatile boolean permit;

    /** Creates a clock whose first reading {@code seed} determines. */
    public ManualClock(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        origin = switch (random.nextInt(4)) {
            case 0 -> Long.MAX_VALUE - random.nextLong(NEAR);
            case 1 -> -random.nextLong(NEAR);
            default -> random.nextLong();
        };
    }

    @Override
    public long nanos() {
        return origin + elapsed;
    }

    /** Returns how far the clock has moved since it was made. */
    public Duration elapsed() {
        return Duration.ofNanos(elapsed);
    }

    /** Runs {@code task} as a timer: after everything that the wire and the caller do at the same instant. */
    @Override
    public Timer schedule(long atNanos, Runnable task) {
        return add(atNanos, Order.TIMER, task);
    }

    /** Runs {@code task} as an event of the wire (a head, an outcome): before everything else at the same instant. */
    public Timer scheduleIo(long atNanos, Runnable task) {
        return add(atNanos, Order.IO, task);
    }

    /** Runs {@code task} as something that the application does: after the wire and before timers of the same instant. */
    public Timer scheduleCaller(long atNanos, Runnable task) {
        return add(atNanos, Order.CALLER, task);
    }

    private Timer add(long atNanos, Order order, Runnable task) {
        lock.lock();
        try {
            Task added = new Task(Math.max(atNanos - origin, elapsed), order, sequence++, task);
            tasks.add(added);
            return added;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many tasks wait. */
    public int pending() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    /** Moves time forward by {@code duration} and runs what falls due, tasks that those tasks schedule included. */
    public void advance(Duration duration) {
        advanceTo(nanos() + duration.toNanos());
    }

    /** Moves time forward to {@code untilNanos} and runs what falls due until then, that instant included; does nothing when it has passed. */
    public void advanceTo(long untilNanos) {
        long until = untilNanos - origin;
        for (int count = 0; runNext(until); count++) {
            checkProgress(count);
        }
        elapsed = Math.max(elapsed, until);
    }

    /**
     * Runs tasks one by one, moving time to each, until {@code condition} holds; what else is due at that instant is left for later.
     *
     * @throws IllegalStateException if no task is left and the condition still does not hold: a real program would hang here
     */
    public void runUntil(BooleanSupplier condition) {
        for (int count = 0; !condition.getAsBoolean(); count++) {
            checkProgress(count);
            if (!runNext(Long.MAX_VALUE)) {
                throw new IllegalStateException(
                        "nothing is scheduled any more, so what is waited for never comes (expected: a task that brings it)");
            }
        }
    }

    /** Runs tasks until none is left. */
    public void runAll() {
        runUntil(() -> pending() == 0);
    }

    /**
     * Moves time forward to {@code untilNanos} on the calling thread and runs what falls due, until then or until a task unparks. {@link
     * Long#MAX_VALUE} waits for {@link #unpark} alone.
     */
    @Override
    public void parkUntil(long untilNanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before parking");
        }
        boolean[] due = new boolean[1];
        Timer end = untilNanos == Long.MAX_VALUE ? () -> {} : schedule(untilNanos, () -> due[0] = true);
        runUntil(() -> due[0] || permit);
        end.cancel();
        permit = false;
    }

    /** Lets the parked thread go on, whichever it is; or the next one that parks. */
    @Override
    public void unpark(Thread thread) {
        permit = true;
    }

    private boolean runNext(long until) {
        Task next;
        lock.lock();
        try {
            next = tasks.peek();
            if (next == null || next.at > until) {
                return false;
            }
            tasks.remove();
            elapsed = Math.max(elapsed, next.at);
        } finally {
            lock.unlock();
        }
        next.action.run();
        return true;
    }

    private static void checkProgress(int count) {
        if (count >= MOST_TASKS) {
            throw new IllegalStateException(
                    count + " tasks were run (expected: fewer; tasks seem to schedule each other for ever)");
        }
    }

    private final class Task implements Timer {
        final long at;
        final Order order;
        final long number;
        final Runnable action;

        Task(long at, Order order, long number, Runnable action) {
            this.at = at;
            this.order = order;
            this.number = number;
            this.action = action;
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                tasks.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }
}
