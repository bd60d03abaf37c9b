package io.tulle.testing.sim;

import io.tulle.api.call.Verdict;
import io.tulle.api.resource.Route;
import io.tulle.core.call.MeshEngine;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.testing.ManualClock;
import io.tulle.testing.Resources;
import io.tulle.testing.SeededRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ten servers, a few clients that each know only what they see themselves, Poisson arrivals: the harness by which balancers are compared, driven by real
 * engines in virtual time. A call has a second.
 */
final class Fleet {
    static final String SERVICE = "shop";
    static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final int SERVERS = 10;
    private static final double MEAN_SERVICE_NANOS = 10_000_000;

    final ManualClock clock;
    private final List<Server> servers;
    private final List<MeshEngine> clients = new ArrayList<>();
    private final SimRandom random;
    private final double meanGapNanos;
    private Tally tally = new Tally();

    /** Creates a fleet of servers with {@code workers} each, loaded to {@code load} of what they can do. */
    Fleet(long seed, int clientCount, int workers, double load, Route.Retry retry) {
        clock = new ManualClock(seed);
        random = new SimRandom(seed);
        servers = IntStream.range(0, SERVERS)
                .mapToObj(i -> new Server(clock, new SimRandom(seed * 31 + i), workers))
                .toList();
        meanGapNanos = MEAN_SERVICE_NANOS / (SERVERS * workers * load);
        Resources resources = Resources.service(SERVICE)
                .rule(Route.Rule.builder().timeout(TIMEOUT).retry(retry).build());
        IntStream.range(0, SERVERS).forEach(i -> resources.instances("s" + i));
        var list = resources.list();
        for (int i = 0; i < clientCount; i++) {
            MeshEngine engine = new MeshEngine(
                    MeshEngine.Settings.of(Resources.NAMESPACE, clock, new SeededRandom(seed * 101 + i)));
            engine.accept(list);
            clients.add(engine);
        }
    }

    /** Five clients, eight workers, 60 % load. */
    static Fleet usual(long seed, Route.Retry retry) {
        return new Fleet(seed, 5, 8, 0.6, retry);
    }

    Server server(int index) {
        return servers.get(index);
    }

    Server server(Endpoint endpoint) {
        return servers.get(Integer.parseInt(endpoint.instanceName().substring(1)));
    }

    /** Runs for {@code duration} and returns what the calls that were made in it came to. */
    Tally run(Duration duration) {
        Tally current = new Tally();
        tally = current;
        servers.forEach(server -> server.served = 0);
        long end = clock.nanos() + duration.toNanos();
        arrive(end, clock.nanos());
        clock.advanceTo(end);
        current.shares = servers.stream().mapToLong(server -> server.served).toArray();
        clock.advance(TIMEOUT.plus(TIMEOUT));
        return current;
    }

    private void arrive(long end, long at) {
        clock.scheduleIo(at, () -> {
            MeshEngine client = clients.get(random.below(clients.size()));
            Tally current = tally;
            new SimCall(this, client, current::count).start();
            long next = clock.nanos() + 1 + (long) (random.exponential() * meanGapNanos);
            if (next - end < 0) {
                arrive(end, next);
            }
        });
    }

    /** What calls came to. */
    static final class Tally {
        private final List<Long> latencies = new ArrayList<>();
        private long failed;
        private long[] shares = {};

        void count(Verdict verdict, long nanos) {
            latencies.add(nanos);
            failed += verdict == Verdict.SUCCESS ? 0 : 1;
        }

        int calls() {
            return latencies.size();
        }

        long failed() {
            return failed;
        }

        double failedPercent() {
            return 100.0 * failed / calls();
        }

        double sharePercent(int server) {
            return 100.0
                    * shares[server]
                    / IntStream.range(0, shares.length)
                            .mapToLong(i -> shares[i])
                            .sum();
        }

        double percentileMillis(double percentile) {
            List<Long> sorted = latencies.stream().sorted().toList();
            return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(percentile / 100 * sorted.size()))) / 1e6;
        }
    }
}
