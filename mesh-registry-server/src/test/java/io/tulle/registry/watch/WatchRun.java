package io.tulle.registry.watch;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.client.codec.Schemas;
import io.tulle.client.wire.OpenSession;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.Renewal;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.catalog.CatalogState;
import io.tulle.registry.catalog.Gone;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.catalog.StoredResource;
import io.tulle.registry.session.Expiries;
import io.tulle.registry.session.Rhythm;
import io.tulle.registry.session.Sessions;
import io.tulle.registry.store.CompactedException;
import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One random run of a hub: writes, slow takers, changed subscriptions, broken streams that resume, restarts. A bug is planted between hub and watcher. */
final class WatchRun {
    private static final int STEPS = 60;
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final HubSettings SMALL =
            new HubSettings(Duration.ofSeconds(5), Duration.ofMinutes(10), 3, 4_000, 10);
    private static final List<String> SERVICES = List.of("shop/a", "shop/b", "shop/c");

    private final SplittableRandom random;
    private final ManualClock clock;
    private final Store store;
    private final NavigableMap<Long, CatalogState> history = new TreeMap<>(Map.of(0L, new CatalogState(0, Map.of())));
    private final BiFunction<List<byte[]>, SplittableRandom, List<byte[]>> bug;
    private final ModelWatcher model = new ModelWatcher(history);
    private final List<byte[]> batch = new ArrayList<>();
    private Set<String> subscriptions = Set.of("shop/a", "shop/b");
    private String session = "";
    private Catalog catalog;
    private Sessions sessions;
    private WatchHub hub;
    private @Nullable Watcher watcher;
    private int ids;

    WatchRun(long seed, BiFunction<List<byte[]>, SplittableRandom, List<byte[]>> bug) {
        random = new SplittableRandom(seed);
        clock = new ManualClock(seed);
        store = MemoryStore.open(clock, clock);
        this.bug = bug;
    }

    List<String> run() {
        start();
        session = sessions.open(new OpenSession(
                        "shop/x", "p", "", Schemas.LATEST.titles(), List.copyOf(subscriptions), List.of()))
                .session();
        attach(Resume.NOT);
        for (int i = 0; i < STEPS; i++) {
            step();
            sessions.renew(session, renewal(null));
        }
        finish();
        return model.wrong();
    }

    private void start() {
        catalog = Catalog.load(store);
        history.put(catalog.revision(), catalog.state());
        catalog.follow(change -> history.put(change.revision(), catalog.state()));
        Expiries expiries = Expiries.start(catalog, clock, clock, LEASE);
        hub = WatchHub.start(catalog, clock, clock, SMALL, expiries::confirmed);
        expiries.listen(hub::confirm);
        sessions = new Sessions(store, catalog, clock, () -> "s" + ids++, new Rhythm(LEASE, SMALL.progress()));
    }

    private void attach(Resume resume) {
        try {
            watcher = hub.attach(session, "here", resume, () -> {});
        } catch (CompactedException e) {
            watcher = hub.attach(session, "here", Resume.NOT, () -> {});
        }
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0 -> {
                hub.detach(watcher);
                attach(new Resume(store.epoch(), model.revision()));
            }
            case 1 -> {
                hub.close();
                catalog.close();
                start();
                attach(new Resume(store.epoch(), model.revision()));
            }
            case 2 -> {
                subscriptions = some();
                sessions.renew(session, renewal(List.copyOf(subscriptions)));
                model.forgetAllBut(subscriptions);
            }
            case 3 -> clock.advance(Duration.ofSeconds(random.nextInt(1, 20)));
            case 4, 5, 6 -> take(random.nextInt(1, 6));
            default -> write();
        }
    }

    private static Renewal renewal(@Nullable List<String> subscriptions) {
        return new Renewal(subscriptions, Map.of(), List.of(), List.of(), 0);
    }

    private Set<String> some() {
        Set<String> some = new HashSet<>(SERVICES);
        some.removeIf(service -> random.nextInt(3) == 0);
        return some;
    }

    /** Takes some lines, of which the watcher sees what the bug leaves. */
    private void take(int most) {
        batch.clear();
        for (int i = 0; i < most; i++) {
            Line line = hub.take(watcher);
            if (line == null) {
                break;
            }
            if (!subscriptions.containsAll(line.services())) {
                model.wrong().add(line.services() + " is told, " + subscriptions + " is followed");
            }
            batch.add(line.bytes());
        }
        hub.wrote(watcher);
        bug.apply(batch, random).forEach(model::read);
    }

    private void write() {
        Map<String, Runnable> writes = new LinkedHashMap<>();
        Transaction.Builder transaction = Transaction.builder();
        for (int i = 0; i < random.nextInt(1, 4); i++) {
            String service = SERVICES.get(random.nextInt(SERVICES.size())).substring("shop/".length());
            Resource resource = random.nextInt(3) == 0
                    ? Service.of("shop", service, Service.Spec.DEFAULT)
                    : instance(service, service + random.nextInt(4));
            writes.put(Keys.resource(resource), () -> write(transaction, resource));
        }
        writes.values().forEach(Runnable::run);
        store.commit(transaction.build()).join();
    }

    private void write(Transaction.Builder transaction, Resource resource) {
        if (resource instanceof Instance instance && random.nextInt(3) == 0) {
            Gone gone = Gone.of(instance, RemovalReason.DRAINED);
            transaction.delete(Keys.resource(resource)).put(gone.key(), gone.encode());
        } else if (resource instanceof Service && random.nextInt(6) == 0) {
            transaction.delete(Keys.resource(resource));
        } else {
            transaction.put(Keys.resource(resource), StoredResource.encode(resource));
        }
    }

    private Instance instance(String service, String name) {
        return new Instance(Metadata.of("shop", name), Instance.Spec.of(service, "u", "h", random.nextInt(1, 60_000)));
    }

    private void finish() {
        clock.advance(SMALL.progress());
        for (int i = 0; i < 20; i++) {
            take(5);
        }
        if (!model.knows().equals(subscriptions)) {
            model.wrong().add("knows " + model.knows() + " and follows " + subscriptions);
        }
        if (model.marked() != store.revision()) {
            model.wrong().add("marked " + model.marked() + " of " + store.revision());
        }
        hub.close();
        catalog.close();
        store.close();
    }
}
