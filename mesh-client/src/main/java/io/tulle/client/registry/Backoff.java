package io.tulle.client.registry;

import io.tulle.api.time.RandomSource;
import java.time.Duration;

/**
 * How long to wait before the next try: anything up to a bound that doubles with each failure in a row ("full jitter": Brooker, "Exponential Backoff And
 * Jitter", AWS Architecture Blog 2015), so that a fleet that lost its registry at one instant comes back spread over time. Confined to the session's thread.
 */
final class Backoff {
    private static final long BASE = Duration.ofSeconds(1).toNanos();
    private static final int MOST_DOUBLINGS = 4;
    private static final long RESOLUTION = 1 << 20;

    private final RandomSource random;
    private int failures;

    Backoff(RandomSource random) {
        this.random = random;
    }

    /** Notes a failure and returns how long to wait, in nanoseconds: less than 1 s at first, less than 16 s in the end, and always less than {@code most}. */
    long failed(long most) {
        long bound = Math.min(most, BASE << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return bound / RESOLUTION * RandomSource.bounded(random.nextLong(), (int) RESOLUTION);
    }

    /** Things went well. */
    void succeeded() {
        failures = 0;
    }
}
