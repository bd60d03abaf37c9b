package io.tulle.examples.bookshop.service;

import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What an instance does with a request, however it came: counts it and answers after a {@link ServiceTime}, or misbehaves as it is told. Thread-safe. */
final class Work {
    private final ScheduledExecutorService delays = Executors.newScheduledThreadPool(2);
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong abandoned = new AtomicLong();
    private volatile Fault fault = Fault.NONE;

    /**
     * Takes a request.
     *
     * @param answer answers it well, later and on another thread
     * @param refuse answers at once that this instance is out of order
     */
    void take(Runnable answer, Runnable refuse) {
        requests.incrementAndGet();
        Fault current = fault;
        if (current == Fault.FAIL) {
            refuse.run();
        } else if (current != Fault.SWALLOW) {
            inFlight.incrementAndGet();
            long nanos = ServiceTime.nanos(ThreadLocalRandom.current().nextDouble(), current);
            ScheduledFuture<?> unused = delays.schedule(() -> finish(answer), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void finish(Runnable answer) {
        try {
            answer.run();
        } catch (UncheckedIOException e) {
            abandoned();
        } finally {
            inFlight.decrementAndGet();
        }
    }

    /** Nobody waits for an answer any more. */
    void abandoned() {
        abandoned.incrementAndGet();
    }

    /** Breaks it, or heals it. */
    void fault(Fault wanted) {
        fault = wanted;
    }

    /** Returns the numbers, with when the certificate ends. */
    BackendStats stats(long certificateEnds) {
        return new BackendStats(requests.get(), inFlight.get(), abandoned.get(), certificateEnds);
    }

    /** Stops. */
    void stop() {
        delays.shutdown();
    }
}
