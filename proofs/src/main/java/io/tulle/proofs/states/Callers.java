package io.tulle.proofs.states;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads that make one call after the other, together at a fixed rate. A call's time counts from the instant at which it was due, so that waiting for a
 * caller that is stuck counts, too (no coordinated omission). Thread-safe.
 */
public final class Callers implements AutoCloseable {
    /** Before the names of the calling threads. */
    static final String NAME = "states-caller-";

    private static final int THREADS = 16;

    private final Request request;
    private final long intervalNanos;
    private final long start = System.nanoTime();
    private final AtomicLong next = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock(); // guards seen
    private final Semaphore over = new Semaphore(0);
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private List<Long> seen = new ArrayList<>();
    private volatile boolean stopped;

    /** What is sent again and again. */
    @FunctionalInterface
    public interface Request {
        /** Sends it and reads the answer; throws when there is none, or a wrong one. */
        void send() throws IOException;
    }

    /** Starts to call, so many times a second in all. */
    public Callers(Request request, int perSecond) {
        this.request = request;
        intervalNanos = 1_000_000_000L / perSecond;
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(this::run, NAME + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Returns what was seen since the last time, and begins anew. */
    public Tally take() {
        lock.lock();
        try {
            List<String> failed = new ArrayList<>();
            for (String failure = failures.poll(); failure != null; failure = failures.poll()) {
                failed.add(failure);
            }
            Tally tally =
                    new Tally(seen.stream().mapToLong(Long::longValue).sorted().toArray(), failed);
            seen = new ArrayList<>();
            return tally;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        stopped = true;
        over.acquireUninterruptibly(THREADS);
    }

    private void run() {
        while (!stopped) {
            long due = start + next.getAndIncrement() * intervalNanos;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            call(due);
        }
        over.release();
    }

    private void call(long due) {
        try {
            request.send();
        } catch (IOException
                | RuntimeException e) { // whatever it is: a caller that died of it would be missed by nobody
            failures.add(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        long took = System.nanoTime() - due;
        lock.lock();
        try {
            seen.add(took);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What was seen in some time.
     *
     * @param nanos how long each call took, in order of length
     * @param failures the messages of those that failed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Tally(long[] nanos, List<String> failures) {
        /** Returns how long the call at a quantile (0..1) took. */
        public double millis(double quantile) {
            return nanos.length == 0 ? 0 : nanos[(int) Math.min(nanos.length - 1, nanos.length * quantile)] / 1e6;
        }
    }
}
