package io.tulle.client.registry;

import static io.tulle.client.registry.Samples.instance;
import static io.tulle.client.registry.Samples.line;
import static io.tulle.client.registry.Samples.route;
import static io.tulle.client.registry.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.client.registry.Beliefs.Reception;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.WatchLine;
import io.tulle.client.wire.WatchLine.Removed;
import io.tulle.client.wire.WatchLine.ServiceUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random registries, random streams that lose, double and swap lines, and random lies; a seed repeats a run. */
class RandomStreamsTest {
    private static final int SEEDS = 400;
    private static final int STEPS = 120;
    private static final long LEASE = 30_000_000_000L;
    private static final List<RemovalReason> OBEYED =
            List.of(RemovalReason.DRAINED, RemovalReason.DEREGISTERED, RemovalReason.DELETED);
    private static final List<String> SERVICES = List.of("catalog", "reviews");

    @Test
    void whateverTheStreamLosesABeliefIsWhatWasTrueAtItsRevision() {
        int gaps = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed);
            for (int step = 0; step < STEPS; step++) {
                run.change();
                run.spoil();
                run.checkTruthAtRevision();
            }
            run.finish(); // a lost line shows with the next change of its service
            run.checkIsTheTruth();
            gaps += run.gaps;
        }
        assertThat(gaps).as("streams that were spoilt and noticed").isGreaterThan(SEEDS);
    }

    @Test
    void whateverTheRegistrySaysNobodyAliveIsLost() {
        int lies = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed);
            run.reconnect();
            for (int step = 0; step < STEPS; step++) {
                run.lie();
                lies++;
                run.checkEverybodyAliveIsBelieved();
            }
        }
        assertThat(lies).isEqualTo(SEEDS * STEPS);
    }

    private static final class Run {
        private final long seed;
        private final SplittableRandom random;
        private final Beliefs beliefs = new Beliefs();
        private final Map<String, TreeMap<String, Resource>> truth = new TreeMap<>();
        private final Map<String, Map<Long, Map<String, Resource>>> history = new HashMap<>();
        private final Map<String, Long> last = new HashMap<>();
        private final Map<String, Removed> reasons = new TreeMap<>();
        private final List<Line> lines = new ArrayList<>();
        private long revision = 1;
        private int epochs;
        private int gaps;

        Run(long seed) {
            this.seed = seed;
            random = new SplittableRandom(seed);
            for (String name : SERVICES) {
                TreeMap<String, Resource> resources = new TreeMap<>();
                put(resources, service(name));
                for (int i = 0; i < 6; i++) {
                    put(resources, instance(name, name + "-" + i));
                }
                put(resources, route(name));
                truth.put("shop/" + name, resources);
                last.put("shop/" + name, revision);
                remember("shop/" + name);
                beliefs.follow("shop/" + name);
            }
            reconnect();
        }

        void change() {
            change(SERVICES.get(random.nextInt(SERVICES.size())));
        }

        void finish() {
            for (String name : SERVICES) {
                change(name);
                hear(lines.get(lines.size() - 1));
            }
        }

        private void change(String name) {
            String full = "shop/" + name;
            TreeMap<String, Resource> resources = truth.get(full);
            long previous = last.get(full);
            revision += 1 + random.nextInt(3);
            List<Resource> puts = new ArrayList<>();
            List<Removed> removed = new ArrayList<>();
            int which = random.nextInt(6);
            Resource there = resources.get("Instance shop/" + name + "-" + which);
            if (there != null && random.nextBoolean()) {
                RemovalReason reason = OBEYED.get(random.nextInt(OBEYED.size()));
                removed.add(Samples.gone(name + "-" + which, reason));
                resources.remove(there.title());
                reasons.put(there.title(), removed.get(0));
            } else if (random.nextInt(5) == 0 && resources.containsKey("Route " + full)) {
                removed.add(new Removed("Route", name, "", RemovalReason.DELETED));
                resources.remove("Route " + full);
            } else {
                Resource next = random.nextInt(4) == 0
                        ? route(name, new Route.Destination("", "", 1 + random.nextInt(5)))
                        : instance(name, name + "-" + which);
                puts.add(next);
                put(resources, next);
                reasons.remove(next.title());
            }
            last.put(full, revision);
            remember(full);
            lines.add(line(
                    WatchLine.Type.CHANGE,
                    "e",
                    revision,
                    new ServiceUpdate(full, previous, true, List.of(), puts, removed, List.of())));
        }

        /** Delivers the newest lines as a bad stream does. */
        void spoil() {
            int newest = lines.size() - 1;
            switch (random.nextInt(8)) {
                case 0 -> {
                    // lost
                }
                case 1 -> {
                    hear(lines.get(newest));
                    hear(lines.get(newest));
                }
                case 2 -> hear(lines.get(random.nextInt(lines.size())));
                case 3 -> reconnect();
                default -> hear(lines.get(newest));
            }
        }

        private void hear(Line next) {
            Reception reception = beliefs.hear(next, 0, LEASE).reception();
            if (reception != Reception.TAKEN) {
                gaps++;
                if (reception == Reception.GAP) {
                    beliefs.askAgain();
                }
                reconnect();
            }
        }

        void reconnect() {
            if (beliefs.canResume()) {
                long since = beliefs.revision();
                lines.stream().filter(one -> one.said().revision() > since).forEach(one -> {
                    if (beliefs.hear(one, 0, LEASE).reception() != Reception.TAKEN) {
                        beliefs.askAgain();
                    }
                });
            }
            if (!beliefs.canResume()) {
                beliefs.askAgain();
                truth.keySet()
                        .forEach(full -> assertThat(beliefs.hear(snapshot(full, "e", revision), 0, LEASE))
                                .as("seed " + seed)
                                .isEqualTo(Beliefs.Heard.TAKEN));
            }
        }

        private Line snapshot(String full, String epoch, long at) {
            List<Removed> gone = reasons.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("Instance " + full))
                    .map(Map.Entry::getValue)
                    .toList();
            return line(
                    WatchLine.Type.SNAPSHOT,
                    epoch,
                    at,
                    new ServiceUpdate(
                            full,
                            last.get(full),
                            true,
                            List.of(),
                            List.copyOf(truth.get(full).values()),
                            gone,
                            List.of()));
        }

        void lie() {
            String full = "shop/" + SERVICES.get(random.nextInt(SERVICES.size()));
            String name = full.substring(5);
            boolean newEpoch = random.nextInt(3) == 0;
            String epoch = newEpoch ? "lie-" + ++epochs : beliefs.epoch();
            long at = newEpoch ? random.nextInt(100) : beliefs.revision() + random.nextInt(3) - 1;
            ServiceUpdate update = switch (random.nextInt(6)) {
                case 0 -> new ServiceUpdate(full, at, true, List.of(), List.of(), List.of(), List.of());
                case 1 -> new ServiceUpdate(full, 0, false, List.of(), List.of(), List.of(), List.of());
                case 2 -> new ServiceUpdate(full, at, true, List.of(), List.of(service(name)), List.of(), List.of());
                case 3 ->
                    new ServiceUpdate(full, at, true, List.of(), List.of(service(name)), expiries(name), List.of());
                case 4 ->
                    new ServiceUpdate(
                            full, at, true, List.of(), List.of(instance("strangers", "x")), List.of(), List.of());
                default -> new ServiceUpdate("strangers/" + name, at, true, List.of(), List.of(), List.of(), List.of());
            };
            WatchLine.Type type = WatchLine.Type.SNAPSHOT;
            if (random.nextInt(3) == 0) {
                type = WatchLine.Type.CHANGE;
                update = new ServiceUpdate(
                        full, beliefs.follow(full).last(), true, List.of(), List.of(), expiries(name), List.of());
            }
            beliefs.hear(line(type, epoch, at, update), 0, LEASE);
        }

        private List<Removed> expiries(String name) {
            List<Removed> expired = new ArrayList<>();
            for (int i = 0; i < 5 + random.nextInt(2); i++) {
                expired.add(Samples.gone(name + "-" + i, RemovalReason.EXPIRED));
            }
            return expired;
        }

        void checkTruthAtRevision() {
            beliefs.services().stream()
                    .filter(belief -> !belief.awaitsSnapshot())
                    .forEach(belief -> assertThat(belief.offered())
                            .as("seed " + seed + " " + belief.service() + " at " + belief.last())
                            .isEqualTo(history.get(belief.service()).get(belief.last())));
        }

        void checkIsTheTruth() {
            beliefs.services().forEach(belief -> {
                assertThat(belief.offered()).as("seed " + seed).isEqualTo(truth.get(belief.service()));
                assertThat(belief.kept()).as("seed " + seed).isEmpty();
            });
        }

        void checkEverybodyAliveIsBelieved() {
            beliefs.services()
                    .forEach(belief -> assertThat(belief.offered())
                            .as("seed " + seed)
                            .containsKeys(truth.get(belief.service()).keySet().stream()
                                    .filter(title -> title.startsWith("Instance "))
                                    .toArray(String[]::new)));
        }

        private void remember(String full) {
            history.computeIfAbsent(full, key -> new HashMap<>()).put(last.get(full), Map.copyOf(truth.get(full)));
        }

        private static void put(Map<String, Resource> resources, Resource resource) {
            resources.put(resource.title(), resource);
        }
    }
}
