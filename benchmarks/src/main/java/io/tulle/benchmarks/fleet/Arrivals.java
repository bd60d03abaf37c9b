package io.tulle.benchmarks.fleet;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** When a change has arrived at each of many. Thread-safe. */
final class Arrivals {
    private final AtomicLongArray at;
    private final CountDownLatch missing;

    Arrivals(int many) {
        at = new AtomicLongArray(many);
        missing = new CountDownLatch(many);
    }

    /** Notes the arrival at one; a second one at the same is not noted. */
    void arrived(int who, long nanos) {
        if (at.compareAndSet(who, 0, nanos)) {
            missing.countDown();
        }
    }

    /** Waits for all and returns how long each took after {@code start}. */
    long[] await(long start, Duration patience) {
        try {
            if (!missing.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException(missing.getCount() + " of " + at.length()
                        + " have not got the change after " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a change", e);
        }
        long[] nanos = new long[at.length()];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = at.get(i) - start;
        }
        return nanos;
    }
}
