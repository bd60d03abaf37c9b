package io.tulle.benchmarks.balance;

import io.tulle.benchmarks.request.Get;
import io.tulle.core.call.MeshEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * One scenario in virtual time: ten servers, a few clients each with an engine of its own, calls that arrive at random whether or not earlier ones have
 * ended. The same seed gives the same result.
 */
final class Simulation {
    static final long DEADLINE_NANOS = 1_000_000_000;
    static final long HEALED_AT = 10_000_000_000L;

    private static final double MEAN_WORK_NANOS = 10_000_000;
    private static final long RECOVERED_AT = 20_000_000_000L;
    private static final long BURST_EVERY_NANOS = 500_000_000;
    private static final long BURST_NANOS = 50_000_000;
    private static final double BURST_RATE = 4;
    private static final double REST_RATE = 0.6 / 0.9; // so that the mean rate stays what it is

    private final Scenario scenario;
    private final int calls;
    private final Agenda agenda = new Agenda();
    private final Random random;
    private final List<Server> servers = new ArrayList<>();
    private final List<MeshEngine> clients = new ArrayList<>();
    private final Recorder recorder = new Recorder();
    private final double meanGapNanos;
    private int started;

    Simulation(Scenario scenario, Variant variant, long seed, int calls) {
        this.scenario = scenario;
        this.calls = calls;
        random = new Random(seed);
        Load load = scenario.load();
        meanGapNanos = MEAN_WORK_NANOS / (Fleet.SIZE * load.workers() * load.utilisation());
        for (int i = 0; i < Fleet.SIZE; i++) {
            servers.add(new Server(i, scenario.trouble(), load.workers(), agenda, random));
        }
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int i = 0; i < load.clients(); i++) {
            SplittableRandom own = seeds.split();
            MeshEngine engine = new MeshEngine(MeshEngine.Settings.of(Fleet.NAMESPACE, agenda, own::nextLong));
            engine.accept(Fleet.resources(variant));
            clients.add(engine);
        }
    }

    /** Runs it to the end. */
    Spread run() {
        agenda.at(0, this::arrive);
        agenda.run();
        return recorder.spread();
    }

    private void arrive() {
        MeshEngine client = clients.get(random.nextInt(clients.size()));
        new SimulatedCall(client, Get.ROOT, servers, agenda, warm() ? recorder : null).start();
        started++;
        if (started < calls) {
            double gap = -Math.log(1 - random.nextDouble()) * meanGapNanos / rate(agenda.nanos());
            agenda.at(agenda.nanos() + (long) gap + 1, this::arrive);
        }
    }

    private boolean warm() {
        return scenario.trouble() == Trouble.HEALS ? agenda.nanos() >= RECOVERED_AT : started >= calls / 10;
    }

    private double rate(long now) {
        if (scenario.trouble() != Trouble.BURSTS) {
            return 1;
        }
        return now % BURST_EVERY_NANOS < BURST_NANOS ? BURST_RATE : REST_RATE;
    }
}
