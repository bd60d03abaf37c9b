package io.tulle.benchmarks.micro;

import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.TrafficPolicy.Algorithm;
import io.tulle.api.time.RandomSource;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.EndpointGroup;
import io.tulle.core.snapshot.Pick;
import io.tulle.core.snapshot.Reachable;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Picks an endpoint from a group and releases it, given the time: one call a millisecond, so that averages age. Peak-EWMA is also told the latency, as
 * that is part of its price; round robin does not want it.
 */
final class PickTask extends Pick implements Task {
    private static final long STEP_NANOS = 1_000_000;
    private static final long[] LATENCIES = {5_000_000, 7_000_000, 6_000_000, 12_000_000};

    private final EndpointGroup group;
    private final boolean observes;
    private final RandomSource random = () -> ThreadLocalRandom.current().nextLong();
    private long now = System.nanoTime();
    private int turn;

    private PickTask(EndpointGroup group, boolean observes) {
        this.group = group;
        this.observes = observes;
    }

    static Supplier<Task> roundRobin(int endpoints) {
        EndpointGroup group = group(Algorithm.ROUND_ROBIN, endpoints);
        return () -> new PickTask(group, false);
    }

    static Supplier<Task> peakEwma(int endpoints) {
        EndpointGroup group = group(Algorithm.PEAK_EWMA, endpoints);
        return () -> new PickTask(group, true);
    }

    private static EndpointGroup group(Algorithm algorithm, int endpoints) {
        ServiceSnapshot service = Objects.requireNonNull(Fixture.engine(algorithm, endpoints, MeshListener.NONE)
                .snapshot()
                .byHost(Fixture.HOST));
        return Objects.requireNonNull(service.group(""));
    }

    @Override
    public Object run() {
        now += STEP_NANOS;
        group.pick(this, Reachable.ALL, random, now);
        Endpoint endpoint = Objects.requireNonNull(endpoint());
        if (observes) {
            group.succeeded(endpoint, ticket(), LATENCIES[turn++ & LATENCIES.length - 1], now);
        }
        group.ended(endpoint);
        return endpoint;
    }

    @Override
    protected boolean tried(Endpoint candidate) {
        return false;
    }
}
