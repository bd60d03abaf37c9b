package io.tulle.benchmarks.micro;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * Not a mesh but the least that one can do for a call, by hand: the better of two random endpoints by latency x in flight, in-flight count, two clock
 * readings, peak-sensitive average, a ring of the last 64 outcomes per endpoint, one histogram bucket. No deadlines, retries, routes or listeners.
 */
final class FloorMesh implements Task {
    private static final int ENDPOINTS = 100;
    private static final int OUTCOMES = 64;
    private static final VarHandle IN_FLIGHT;
    private static final VarHandle AVERAGE;
    private static final VarHandle RING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            IN_FLIGHT = lookup.findVarHandle(Server.class, "inFlight", int.class);
            AVERAGE = lookup.findVarHandle(Server.class, "average", long.class);
            RING = lookup.findVarHandle(Server.class, "ring", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final class Server {
        volatile int inFlight;

        @SuppressWarnings("UnusedVariable") // through its VarHandle
        volatile long average = 1;

        volatile long ring; // 1 for each failure
        final AtomicLongArray latencies = new AtomicLongArray(Long.SIZE);

        boolean closed() {
            return Long.bitCount(ring) < OUTCOMES / 2;
        }

        long load() {
            return (long) AVERAGE.getOpaque(this) * (inFlight + 1);
        }

        void ended(long nanos, boolean failure) {
            IN_FLIGHT.getAndAdd(this, -1);
            long known = (long) AVERAGE.getOpaque(this);
            AVERAGE.setOpaque(this, nanos > known ? nanos : known + (nanos - known >> 3)); // a lost update is tolerable
            long old;
            do {
                old = ring;
            } while (!RING.compareAndSet(this, old, old << 1 | (failure ? 1 : 0)));
            latencies.getAndIncrement(Long.SIZE - Long.numberOfLeadingZeros(nanos) & Long.SIZE - 1);
        }
    }

    private final Server[] servers;

    private FloorMesh(Server[] servers) {
        this.servers = servers;
    }

    static Supplier<Task> tasks() {
        Server[] servers = new Server[ENDPOINTS];
        for (int i = 0; i < servers.length; i++) {
            servers[i] = new Server();
        }
        return () -> new FloorMesh(servers);
    }

    @Override
    public Object run() {
        Server server = pick();
        long start = System.nanoTime();
        server.ended(System.nanoTime() - start, false);
        return server;
    }

    private Server pick() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int a = random.nextInt(servers.length);
        int b = random.nextInt(servers.length - 1);
        Server first = servers[a];
        Server second = servers[b >= a ? b + 1 : b];
        Server better = first.load() <= second.load() ? first : second;
        Server chosen = !first.closed() ? second : !second.closed() ? first : better;
        IN_FLIGHT.getAndAdd(chosen, 1);
        return chosen;
    }
}
