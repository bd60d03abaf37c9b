package io.tulle.proofs.live;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where writers and watchers wait while the registry is down, and learn that the run is over. Thread-safe. */
final class Gate {
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean up;
    private boolean over;
    private long target = Long.MAX_VALUE;

    /** The registry runs, or does not. */
    void set(boolean running) {
        change(() -> up = running);
    }

    /** Nobody writes any more, and watchers may end when they have seen {@code revision}. */
    void end(long revision) {
        change(() -> {
            over = true;
            target = revision;
        });
    }

    /** Nobody writes any more. */
    void end() {
        change(() -> over = true);
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a moment, and longer while the registry is down and the run goes on. */
    void retry() throws InterruptedException {
        pause(MOMENT);
        lock.lock();
        try {
            while (!up && !over) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits, though not beyond the end of the run. */
    void pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            for (long left = time.toNanos(); left > 0 && !over; ) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean over() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a watcher that has seen {@code revision} has seen all that there will be. */
    boolean enough(long revision) {
        lock.lock();
        try {
            return revision >= target;
        } finally {
            lock.unlock();
        }
    }
}
