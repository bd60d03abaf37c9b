package io.tulle.registry.session;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.client.wire.OpenSession;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.Renewed;
import io.tulle.registry.catalog.CatalogChange;
import io.tulle.registry.catalog.Gone;
import io.tulle.registry.catalog.StoredResource;
import io.tulle.registry.http.ProblemException;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.Store;
import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One random schedule: processes take each other's places, their requests are delayed, repeated, reordered and lost, the registry restarts. In the end
 * the network is kind again, and whoever lives must be registered, and nobody else.
 */
final class Schedule {
    private static final int STEPS = 14;
    private static final int ROUNDS = 7;
    private static final List<String> NAMES = List.of("a", "b");

    private final SplittableRandom random;
    private final ManualClock clock;
    private final Store store;
    private final Function<Schedule, Registry> registries;
    private final List<Runnable> network = new ArrayList<>();
    private final Map<String, Process> living = new HashMap<>();
    private final Map<String, Process> everybody = new HashMap<>();
    private final Map<String, String> registered = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private Registry registry;
    private int number;
    private int ids;
    private boolean kind;
    private boolean opening;

    Schedule(long seed, Function<Schedule, Registry> registries) {
        random = new SplittableRandom(seed);
        clock = new ManualClock(seed);
        store = MemoryStore.open(clock, clock);
        this.registries = registries;
        registry = start();
    }

    Store store() {
        return store;
    }

    ManualClock clock() {
        return clock;
    }

    String id() {
        return "s" + ids++;
    }

    private Registry start() {
        Registry started = registries.apply(this);
        started.catalog.follow(this::watch);
        return started;
    }

    /** A process that has a name and, while it lives, wants to be registered under it. */
    private final class Process {
        final String name;
        final String uid;
        boolean lives = true;
        String session = "";

        Process(String name) {
            this.name = name;
            uid = "u" + number++;
        }

        Instance instance() {
            return new Instance(Metadata.of("shop", name), Instance.Spec.of("catalog", uid, "h", 1));
        }

        void open() {
            List<Instance> instances = random.nextBoolean() ? List.of(instance()) : List.of();
            OpenSession open = new OpenSession("shop/catalog", uid, "", Map.of(), List.of(), instances);
            send(() -> {
                opening = true;
                String opened = registry.open(open).session();
                opening = false;
                reply(() -> {
                    session = opened;
                    register(opened, !instances.isEmpty());
                });
            });
        }

        void renew() {
            String mine = session;
            if (mine.isEmpty()) {
                open();
                return;
            }
            send(() -> {
                try {
                    Renewed renewed = registry.renew(mine);
                    boolean registered =
                            renewed.instances() != null && renewed.instances().contains(name);
                    reply(() -> register(mine, registered));
                } catch (ProblemException e) {
                    reply(() -> reopen(mine));
                }
            });
        }

        private void reopen(String lost) {
            if (session.equals(lost)) {
                session = "";
                open();
            }
        }

        private void register(String mine, boolean registered) {
            if (!registered && session.equals(mine)) {
                send(() -> refusable(() -> registry.register(mine, instance())));
            }
        }

        void leave() {
            String mine = session;
            lives = false;
            if (!mine.isEmpty() && random.nextInt(3) > 0) { // else it has crashed
                send(() -> refusable(() -> registry.deregister(mine, name, uid)));
                send(() -> refusable(() -> registry.end(mine)));
            }
        }

        private void reply(Runnable action) {
            if (lives && (kind || random.nextInt(8) > 0)) {
                action.run();
            }
        }

        private void refusable(Runnable request) {
            try {
                request.run();
            } catch (ProblemException e) {
                if (e.status() != 404 && e.status() != 409) {
                    throw e;
                }
            }
        }
    }

    private void send(Runnable request) {
        boolean late = !kind && random.nextInt(3) == 0;
        if (!kind && random.nextInt(4) == 0) {
            network.add(request); // a second time, some day
        }
        if (late) {
            network.add(request);
        } else {
            request.run();
        }
    }

    /** Returns what is wrong; nothing if the registry is right. */
    List<String> run() {
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        kind = true;
        while (!network.isEmpty()) {
            deliver();
        }
        for (int i = 0; i < ROUNDS; i++) {
            living.values().forEach(Process::renew);
            clock.advance(Registry.LEASE.dividedBy(3));
        }
        compare();
        registry.close();
        store.close();
        return wrong;
    }

    private void step() {
        switch (random.nextInt(8)) {
            case 0, 1 -> replace(NAMES.get(random.nextInt(NAMES.size())));
            case 2, 3 -> {
                if (!network.isEmpty()) {
                    deliver();
                }
            }
            case 4 -> {
                registry.close();
                registry = start();
            }
            case 5 -> clock.advance(Duration.ofSeconds(random.nextInt(1, 20)));
            default -> List.copyOf(living.values()).forEach(Process::renew);
        }
    }

    private void replace(String name) {
        Process old = living.remove(name);
        if (old != null) {
            old.leave();
        }
        Process next = new Process(name);
        everybody.put(next.uid, next);
        living.put(name, next);
        next.open();
    }

    private void deliver() {
        network.remove(random.nextInt(network.size())).run();
    }

    /** Nobody but itself takes a living process away, and only a session that is opened later (by a request that was late) takes its name. */
    private void watch(CatalogChange change) {
        for (CatalogChange.OfService of : change.services()) {
            of.removed().forEach(removed -> {
                if (lives(removed.uid()) && removed.reason() != RemovalReason.EXPIRED) {
                    wrong.add(removed.uid() + " lives and was removed as " + removed.reason());
                }
                registered.remove(removed.name(), removed.uid());
            });
            of.resources().forEach(resource -> {
                if (resource instanceof Instance instance) {
                    String before = registered.put(instance.metadata().name(), Gone.uid(instance));
                    if (before != null && lives(before) && !lives(Gone.uid(instance)) && !opening) {
                        wrong.add(before + " lives and lost its name to " + Gone.uid(instance));
                    }
                }
            });
        }
    }

    private boolean lives(String uid) {
        Process process = everybody.get(uid);
        return process != null && process.lives;
    }

    private void compare() {
        Map<String, String> expected = new TreeMap<>();
        living.forEach((name, process) -> expected.put(name, process.uid + " of " + process.session));
        Map<String, String> actual = new TreeMap<>();
        for (Entry entry : store.range("r/instances/", "", 100, 0).entries()) {
            Instance instance = (Instance) StoredResource.decode(entry);
            actual.put(instance.metadata().name(), Gone.uid(instance) + " of " + owner(entry.lease()));
        }
        if (!actual.equals(expected)) {
            wrong.add("registered " + actual + ", alive " + expected);
        }
    }

    private String owner(long lease) {
        return registry.catalog.sessions().stream()
                .filter(session -> session.lease() == lease)
                .map(session -> session.id())
                .findFirst()
                .orElse("nobody");
    }
}
