package io.tulle.examples.bookshop.script;

import io.tulle.api.time.Parker;
import io.tulle.api.time.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The demo's own time. Thread-safe. */
public final class Pacing {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Ticker ticker;
    private final Parker parker;

    /** Creates a pacing by this clock. */
    public Pacing(Ticker ticker, Parker parker) {
        this.ticker = ticker;
        this.parker = parker;
    }

    /** Returns the clock's reading in nanoseconds. */
    public long now() {
        return ticker.nanos();
    }

    /** Waits until the clock reaches an instant. */
    public void until(long instant) throws InterruptedException {
        while (instant - ticker.nanos() > 0) {
            parker.parkUntil(instant);
        }
    }

    /** Waits until {@code condition} holds; returns whether it did within {@code limit}. */
    public boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long end = ticker.nanos() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (end - ticker.nanos() <= 0) {
                return false;
            }
            until(ticker.nanos() + LOOK_NANOS);
        }
        return true;
    }
}
