package io.tulle.testing.sockets;

import io.tulle.testing.CallerThreads;
import io.tulle.testing.tck.Seen;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A bench and a rival: a second thread that does something at an instant that the seed says. Confined to one thread. */
final class RaceTrack implements AutoCloseable {
    private static final long SPIN_NANOS = 80_000;

    private final SocketBench bench;
    private final int mostLeft;
    private final ExecutorService rivals = Executors.newSingleThreadExecutor(CallerThreads.factory());

    /** {@code mostLeft} is how many connections the client library may leave open. */
    RaceTrack(SocketBench bench, int mostLeft) {
        this.bench = bench;
        this.mostLeft = mostLeft;
    }

    SocketBench bench() {
        return bench;
    }

    /** Has the rival do {@code act} after {@code delayNanos}, and returns its end. */
    CompletableFuture<Void> rival(long delayNanos, Runnable act) {
        long due = System.nanoTime() + delayNanos;
        return CompletableFuture.runAsync(
                () -> {
                    awaitInstant(due);
                    act.run();
                },
                rivals);
    }

    /** Waits for the call, then for its rival, and for the books. */
    Sighting finish(SocketDriver.Running call, CompletableFuture<Void> rival) throws InterruptedException {
        Seen seen = call.awaitEnd();
        rival.join();
        List<CallBooks.Booked> booked = bench.settle();
        if (booked.size() > 1) {
            throw new AssertionError("one call is booked as several: " + booked);
        }
        return new Sighting(seen, booked.isEmpty() ? null : booked.get(0));
    }

    private static void awaitInstant(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > 2 * SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() {
        rivals.shutdown();
        bench.close(mostLeft);
    }
}
