package io.tulle.grpc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time, with a happens-before edge from each to the next, on the threads that bring them: who comes while another's task runs leaves his own to be run
 * after it. The tasks of one thread keep their order. (As gRPC's SynchronizationContext, but that a task which finds nobody there makes no object: that is every one, but
 * for a call that is cancelled or hedged at the same instant.) Thread-safe.
 */
abstract class Turns {
    private static final VarHandle PRESENT;
    private static final VarHandle WAITING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PRESENT = lookup.findVarHandle(Turns.class, "present", int.class);
            WAITING = lookup.findVarHandle(Turns.class, "waiting", Queue.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // by PRESENT
    private volatile int present; // the task that runs, and those that wait

    private volatile @Nullable Queue<Runnable> waiting;

    /** Runs {@code task} now, or has whoever is in turn run it after the tasks that wait already. */
    final void turn(Runnable task) {
        Runnable mine = task;
        if (!PRESENT.compareAndSet(this, 0, 1)) {
            Queue<Runnable> others = waiting();
            others.add(task);
            if ((int) PRESENT.getAndAdd(this, 1) != 0) {
                return;
            }
            mine = others.remove(); // as many are in the queue as are counted
        }
        guarded(mine);
        while ((int) PRESENT.getAndAdd(this, -1) > 1) {
            guarded(waiting().remove());
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            threw(e);
        }
    }

    /** A task has thrown; those that follow run all the same. In its turn. */
    abstract void threw(Throwable failure);

    private Queue<Runnable> waiting() {
        Queue<Runnable> known = waiting;
        if (known == null) {
            WAITING.compareAndSet(this, null, new ConcurrentLinkedQueue<Runnable>());
            known = waiting;
        }
        return Objects.requireNonNull(known);
    }
}
