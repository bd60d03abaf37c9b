package io.tulle.client;

import io.tulle.api.time.Instants;
import io.tulle.api.time.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The timer of one call: tells a driver that the wake time of its machine has come. One timer is scheduled at a time, normally one per call: when the wake
 * time moves later, the timer that is armed finds that out when it fires. (A superclass of what drives a call, because a call should be few objects.)
 *
 * <p>{@link #wakeAt(long)}, {@link #arm} and {@link #disarm} are confined to the thread that drains; {@link #run} is the scheduler's.
 */
public abstract class CallAlarm implements Runnable {
    private volatile long wakeAt = Instants.NEVER;
    private volatile long armedAt = Instants.NEVER;
    private volatile Scheduler.@Nullable Timer timer;

    /** Creates an alarm that is not armed. */
    protected CallAlarm() {}

    /** Returns whose time and timers these are. */
    protected abstract MeshRuntime runtime();

    /** The wake time has come; on the scheduler's thread, so it must be short. */
    protected abstract void ring();

    /** Returns whether the wake time must be kept by the scheduler; asked again when the timer fires. Always, by default. */
    protected boolean needsTimer() {
        return true;
    }

    /** Notes the wake time, {@link Instants#NEVER} for none. A timer that is armed will not ring before it; that there is one is for {@link #arm}. */
    protected final void wakeAt(long at) {
        wakeAt = at;
    }

    /** Returns the wake time, {@link Instants#NEVER} for none; any thread. */
    protected final long wakeAt() {
        return wakeAt;
    }

    /** Sees that it rings at the wake time. */
    protected final void arm() {
        long at = wakeAt;
        long armed = armedAt;
        if (at != Instants.NEVER && (armed == Instants.NEVER || at - armed < 0)) {
            schedule(at);
        }
    }

    /** Gives the wake time up. */
    protected final void disarm() {
        wakeAt = Instants.NEVER;
        cancel(timer);
    }

    /** The thread that drains may have changed its mind since {@code due} was read, and what it armed may be what {@link #schedule} has just cancelled. */
    private void keptUp(long due) {
        long at = wakeAt;
        if (at == Instants.NEVER) {
            cancel(timer);
        } else if (at != due) {
            ring(); // early, which is harmless; the drain that follows arms
        }
    }

    private void schedule(long at) {
        Scheduler.Timer former = timer;
        armedAt = at;
        timer = runtime().scheduler().schedule(at, this);
        cancel(former);
    }

    private static void cancel(Scheduler.@Nullable Timer one) {
        if (one != null) {
            one.cancel();
        }
    }

    /** The timer has fired: for the present wake time, or for an earlier one that was given up. */
    @Override
    public final void run() {
        armedAt = Instants.NEVER; // before wakeAt is read: who notes a wake time does so before arm() reads this
        long due = wakeAt;
        if (due == Instants.NEVER || !needsTimer()) {
            return;
        }
        if (Instants.hasCome(due, runtime().ticker().nanos())) {
            ring();
        } else {
            schedule(due);
            keptUp(due);
        }
    }
}
