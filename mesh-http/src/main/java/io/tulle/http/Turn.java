package io.tulle.http;

import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Scheduler.Timer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The wait of a call for its turn. It ends once, by whatever comes first: the turn, the deadline, a cancellation. */
final class Turn implements Runnable, Cancellable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Runnable begin;
    private final Runnable cancelled;
    private volatile @Nullable Timer deadline;

    Turn(Runnable begin, Runnable cancelled) {
        this.begin = begin;
        this.cancelled = cancelled;
    }

    /** Has {@code expired} run at an instant at which it is still waiting; on the timer's thread. */
    void until(Scheduler scheduler, long atNanos, Runnable expired) {
        if (!over.get()) {
            deadline = scheduler.schedule(atNanos, () -> end(expired));
        }
        if (over.get()) {
            disarm();
        }
    }

    /** Its turn has come. */
    @Override
    public void run() {
        end(begin);
    }

    @Override
    public void cancel() {
        end(cancelled);
    }

    private void end(Runnable how) {
        if (over.compareAndSet(false, true)) {
            disarm();
            how.run();
        }
    }

    private void disarm() {
        Timer armed = deadline;
        if (armed != null) {
            armed.cancel();
        }
    }
}
