package io.tulle.testing.sockets;

import io.tulle.testing.ProofLog;
import io.tulle.testing.wire.WireServer;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Races on a driver, with sockets and threads: extend it in the driver's tests. Each is run 100 times, or as often as the system property {@code race.runs}
 * says, with delays drawn from {@code race.seed} (0). The delay is drawn around one that moves until either side wins about as often as the other.
 *
 * <p>Each call must have exactly one outcome, the same for the application and in the books; at the end no load, attempt or connection is left; and both sides
 * must have won at least once, or nothing was raced.
 */
public abstract class RaceTck {
    private static final int RUNS = Integer.getInteger("race.runs", 100);
    private static final long SEED = Long.getLong("race.seed", 0);
    private static final double STEP = 1.05;
    private static final double FIRST_NANOS = 500_000;
    private static final double MOST_NANOS = 5_000_000;

    /** Returns the driver. */
    protected abstract SocketDriver driver();

    @TestFactory
    final Stream<DynamicTest> hasOneOutcome() {
        return Stream.of(WireServer.Speaks.values())
                .flatMap(protocol -> Races.all().stream()
                        .filter(race -> race.protocols().contains(protocol))
                        .map(race -> DynamicTest.dynamicTest(name(protocol, race), () -> run(protocol, race))));
    }

    private static String name(WireServer.Speaks protocol, Race race) {
        return protocol.toString().toLowerCase(Locale.ROOT) + " " + race.name();
    }

    private void run(WireServer.Speaks protocol, Race race) throws Throwable {
        SocketDriver driver = driver();
        ProofLog.judgeWith("race", driver.title(), name(protocol, race), () -> {
            Wire wire = SocketTck.wire(driver, protocol);
            SocketBench bench = new SocketBench(driver, wire, race.endpoints(), race.rule());
            int mostLeft = driver.leavesConnections() ? 1 + RUNS / 100 : 0;
            try (RaceTrack track = new RaceTrack(bench, mostLeft)) {
                return runs(race, track);
            }
        });
    }

    private static String runs(Race race, RaceTrack track) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<String, Integer> kinds = new TreeMap<>();
        double middle = FIRST_NANOS;
        int firsts = 0;
        for (int run = 0; run < RUNS; run++) {
            Sighting sighting = race.run().once(track, (long) (middle * 2 * random.nextDouble()));
            agrees(sighting, run);
            kinds.merge(sighting.kind(), 1, Integer::sum);
            boolean firstWon = race.firstWon().test(sighting);
            firsts += firstWon ? 1 : 0;
            middle = Math.min(MOST_NANOS, firstWon ? middle / STEP : middle * STEP);
        }
        String table = RUNS + " runs: "
                + kinds.entrySet().stream()
                        .map(kind -> kind.getValue() + " " + kind.getKey())
                        .collect(Collectors.joining(", "));
        if (firsts == 0 || firsts == RUNS) {
            throw new AssertionError("nothing was raced, one side has always won: " + table);
        }
        return table;
    }

    private static void agrees(Sighting sighting, int run) {
        try {
            sighting.agrees();
        } catch (AssertionError e) {
            throw new AssertionError("run " + run + ", seed " + SEED, e);
        }
    }
}
