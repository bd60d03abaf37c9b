package io.tulle.grpc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time, with a happens-before edge from each to the next, on the threads that bring them: who comes while another's task runs leaves his own to
 * be run after it. The tasks of one thread keep their order. (As gRPC's SynchronizationContext, but that a task which finds nobody there makes no object: that is
 * every one, but for a call that is cancelled or hedged at the same instant.) Thread-safe.
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
        turn(Runnable::run, task);
    }

    /** Has {@code task} take {@code what}, as {@link #turn(Runnable)} does. */
    final <T> void turn(Consumer<? super T> task, T what) {
        if (nobodyWaits() && PRESENT.compareAndSet(this, 0, 1)) {
            guarded(task, what);
        } else {
            waiting().add(() -> task.accept(what));
            if ((int) PRESENT.getAndAdd(this, 1) != 0) {
                return;
            }
            next();
        }
        while ((int) PRESENT.getAndAdd(this, -1) > 1) {
            next();
        }
    }

    /** Returns whether every task that this thread has left is taken. The count does not say: whoever runs one may have taken another's, which is not counted yet. */
    private boolean nobodyWaits() {
        Queue<Runnable> known = waiting;
        return known == null || known.isEmpty();
    }

    private void next() {
        guarded(Runnable::run, waiting().remove()); // as many are in the queue as are counted
    }

    private <T> void guarded(Consumer<? super T> task, T what) {
        try {
            task.accept(what);
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
