package io.tulle.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is to be released at the end, last registered first. Thread-safe; actions run without the lock held. */
final class CloseActions {
    private final ReentrantLock lock = new ReentrantLock(); // guards the two fields below
    private final Deque<Runnable> actions = new ArrayDeque<>();
    private boolean closed;

    void add(Runnable action) {
        if (!register(action)) {
            action.run();
        }
    }

    /** Runs every action once; throws the first failure, with the others suppressed, after the last. */
    void run() {
        RuntimeException failure = null;
        Runnable action = takeLast();
        while (action != null) {
            try {
                action.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
            action = takeLast();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private boolean register(Runnable action) {
        lock.lock();
        try {
            if (!closed) {
                actions.push(action);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Runnable takeLast() {
        lock.lock();
        try {
            closed = true;
            return actions.poll();
        } finally {
            lock.unlock();
        }
    }
}
