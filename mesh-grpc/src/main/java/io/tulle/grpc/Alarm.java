package io.tulle.grpc;

import io.tulle.api.time.Scheduler;
import io.tulle.client.MeshRuntime;
import io.tulle.core.call.CallMachine;
import org.jspecify.annotations.Nullable;

/**
 * Rings when a machine wants its timer: normally one timer of the scheduler per call, because when the wake time moves later, the timer that is set finds that out
 * when it fires. {@link #set} and {@link #off} are confined to the thread that drains.
 */
final class Alarm implements Runnable {
    private final MeshRuntime runtime;
    private final Runnable ring;
    private volatile long wakeAt = CallMachine.NEVER;
    private volatile long armedAt = CallMachine.NEVER;
    private volatile Scheduler.@Nullable Timer timer;

    Alarm(MeshRuntime runtime, Runnable ring) {
        this.runtime = runtime;
        this.ring = ring;
    }

    /** Rings at {@code at}, and not before; {@link CallMachine#NEVER}: not at all. */
    void set(long at) {
        wakeAt = at;
        long armed = armedAt;
        if (at != CallMachine.NEVER && (armed == CallMachine.NEVER || at - armed < 0)) {
            arm(at);
        }
    }

    void off() {
        wakeAt = CallMachine.NEVER;
        cancel(timer);
    }

    private void arm(long at) {
        Scheduler.Timer former = timer;
        armedAt = at;
        timer = runtime.scheduler().schedule(at, this);
        cancel(former);
    }

    private static void cancel(Scheduler.@Nullable Timer one) {
        if (one != null) {
            one.cancel();
        }
    }

    /** The timer has fired: for the present wake time, or for an earlier one. */
    @Override
    public void run() {
        armedAt = CallMachine.NEVER; // before wakeAt is read: set() writes that before it reads this
        long due = wakeAt;
        if (due == CallMachine.NEVER) {
            return;
        }
        if (runtime.ticker().nanos() - due >= 0) {
            ring.run();
        } else {
            arm(due);
        }
    }
}
