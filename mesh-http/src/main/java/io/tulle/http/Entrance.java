package io.tulle.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where enqueued calls wait for their turn, first come, first served: one begins while fewer attempts are being carried by the dispatcher's threads than the
 * application allows. A call that has begun never waits here again: its retries, hedges and follow-ups go at once, and may exceed the number for a while.
 * Thread-safe; calls begin outside of the lock.
 */
final class Entrance {
    private final IntSupplier most;
    private final ReentrantLock lock = new ReentrantLock(); // guards what follows
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int out; // attempts being carried, and calls that are just beginning

    Entrance(IntSupplier most) {
        this.most = most;
    }

    /** Runs {@code call}, which begins a call: now, or later on the thread of another one's attempt. */
    void enter(Runnable call) {
        int limit = most.getAsInt();
        Runnable next;
        lock.lock();
        try {
            waiting.add(call);
            next = admitted(limit);
        } finally {
            lock.unlock();
        }
        begin(next);
    }

    /** An attempt is given to the dispatcher. */
    void sent() {
        lock.lock();
        try {
            out++;
        } finally {
            lock.unlock();
        }
    }

    /** A thread of the dispatcher is done with an attempt, callback included. */
    void back() {
        begin(afterOne());
    }

    /** Returns how many attempts are being carried. */
    int out() {
        lock.lock();
        try {
            return out;
        } finally {
            lock.unlock();
        }
    }

    /** Lets one begin after the other, whatever is thrown; then throws the first that was. */
    private void begin(@Nullable Runnable first) {
        Throwable thrown = null;
        for (Runnable next = first; next != null; next = afterOne()) { // what one has sent counts for itself
            try {
                next.run();
            } catch (RuntimeException | Error e) {
                thrown = join(thrown, e);
            }
        }
        if (thrown instanceof Error error) {
            throw error;
        } else if (thrown instanceof RuntimeException failure) {
            throw failure;
        }
    }

    @SuppressWarnings("ReferenceEquality") // none can be suppressed by itself
    private static Throwable join(@Nullable Throwable first, Throwable next) {
        if (first == null) {
            return next;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }

    /** One is done: returns another that may begin, or null. */
    private @Nullable Runnable afterOne() {
        int limit = most.getAsInt();
        lock.lock();
        try {
            out--;
            return admitted(limit);
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private @Nullable Runnable admitted(int limit) {
        Runnable next = out < limit ? waiting.poll() : null;
        if (next != null) {
            out++;
        }
        return next;
    }
}
