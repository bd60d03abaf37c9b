package io.tulle.client.time;

import io.tulle.api.time.Instants;
import io.tulle.api.time.Scheduler;
import java.util.function.Consumer;

/**
 * A hashed timing wheel (Varghese and Lauck 1987, scheme 6) for timers that are nearly always cancelled: O(1) to schedule and to cancel, one
 * allocation per timer, nothing kept of a cancelled one. Thread-safe; {@link #expire} is called by one thread at a time.
 *
 * <p>Calls that start together have their deadline in the same bucket, so one lock per bucket would be one lock for all. Instead each of a few
 * {@linkplain WheelStripe stripes} is a whole wheel with one lock, and a thread always uses the same stripe.
 */
final class TimerWheel {
    private final WheelStripe[] stripes;

    /**
     * Creates an empty wheel.
     *
     * @param origin a reading of the ticker that is not later than any instant given to {@link #expire}
     * @param tickNanos how late a timer may be, at least 1
     * @param buckets ticks of one turn, a power of two
     * @param stripes a power of two
     */
    TimerWheel(long origin, long tickNanos, int buckets, int stripes) {
        this.stripes = new WheelStripe[stripes];
        for (int i = 0; i < stripes; i++) {
            this.stripes[i] = new WheelStripe(origin, tickNanos, buckets);
        }
    }

    /** Adds a timer that the first {@link #expire} runs whose instant is at least {@code atNanos} rounded up to a tick. */
    Scheduler.Timer schedule(long atNanos, Runnable task) {
        int spread = (int) (Thread.currentThread().getId() * 0x9E3779B97F4A7C15L >>> 48);
        return stripes[spread & stripes.length - 1].add(atNanos, task);
    }

    /** Runs what is due at {@code now}; what a task throws goes to {@code failed}. */
    void expire(long now, Consumer<Throwable> failed) {
        for (WheelStripe stripe : stripes) {
            stripe.collect(now);
            Runnable task = stripe.takeDue();
            while (task != null) {
                run(task, failed);
                task = stripe.takeDue();
            }
        }
    }

    /** Returns when {@link #expire} next has something to do, after it has run: early by whole turns at most; {@link Instants#NEVER} when no timer is pending. */
    long next() {
        long next = Instants.NEVER;
        for (WheelStripe stripe : stripes) {
            next = Instants.earlier(next, stripe.next());
        }
        return next;
    }

    /** Returns how many timers are pending; exact only when nobody schedules or cancels. */
    int size() {
        int size = 0;
        for (WheelStripe stripe : stripes) {
            size += stripe.size();
        }
        return size;
    }

    private static void run(Runnable task, Consumer<Throwable> failed) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }
}
