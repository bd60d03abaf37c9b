package io.tulle.client;

import io.tulle.api.time.Parker;
import io.tulle.api.time.RandomSource;
import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import io.tulle.client.time.ThreadParker;
import io.tulle.client.time.WheelScheduler;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Time, timers, waiting and randomness of a {@link Mesh}: real ones in production, virtual ones in tests. Thread-safe if its parts are.
 *
 * @param ticker the clock
 * @param scheduler runs timers by that clock
 * @param parker how blocking drivers wait by that clock
 * @param random where random draws come from
 */
public record MeshRuntime(Ticker ticker, Scheduler scheduler, Parker parker, RandomSource random)
        implements AutoCloseable {
    /** Checks that nothing is missing. */
    public MeshRuntime {
        Objects.requireNonNull(ticker, "ticker");
        Objects.requireNonNull(scheduler, "scheduler");
        Objects.requireNonNull(parker, "parker");
        Objects.requireNonNull(random, "random");
    }

    /**
     * Returns a runtime of the JVM's clock, a timer wheel with a daemon thread of its own, and thread-local randomness. Whoever asks for it closes
     * it; a {@link Mesh} that was built without a runtime makes one and closes it.
     */
    public static MeshRuntime system() {
        Ticker ticker = Ticker.system();
        return new MeshRuntime(
                ticker,
                WheelScheduler.start(ticker),
                new ThreadParker(ticker),
                () -> ThreadLocalRandom.current().nextLong());
    }

    /** Has the timer thread end, if this runtime has one, when no timer is pending: those of calls that are still out run, and of calls that come. Idempotent. */
    void retire() {
        if (scheduler instanceof WheelScheduler wheel) {
            wheel.retire();
        }
    }

    /** Stops the timer thread, if this runtime has one; timers that are pending do not run. Idempotent. */
    @Override
    public void close() {
        if (scheduler instanceof WheelScheduler wheel) {
            wheel.close();
        }
    }
}
