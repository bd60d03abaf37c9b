package io.tulle.client.time;

import io.tulle.api.time.Instants;
import io.tulle.api.time.Parker;
import io.tulle.api.time.Ticker;
import java.util.concurrent.locks.LockSupport;

/** Parks real threads, platform or virtual, with {@link LockSupport}. Thread-safe. {@link Instants#NEVER} means no limit. */
public final class ThreadParker implements Parker {
    private final Ticker ticker;

    /** Creates a parker for a ticker that runs as fast as {@link System#nanoTime()}. */
    public ThreadParker(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public void parkUntil(long untilNanos) throws InterruptedException {
        if (untilNanos == Instants.NEVER) {
            LockSupport.park(this);
        } else {
            long nanos = untilNanos - ticker.nanos();
            if (nanos > 0) {
                LockSupport.parkNanos(this, nanos);
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public void unpark(Thread thread) {
        LockSupport.unpark(thread);
    }
}
