package io.tulle.http;

import io.tulle.testing.ManualClock;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** A dispatcher's executor in virtual time: runs each task at the instant at which it is given, when the clock is next moved. */
final class ClockExecutor extends AbstractExecutorService {
    private final ManualClock clock;

    ClockExecutor(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public void execute(Runnable task) {
        clock.scheduleCaller(clock.nanos(), task);
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("a run ends with its clock");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("a run ends with its clock");
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
