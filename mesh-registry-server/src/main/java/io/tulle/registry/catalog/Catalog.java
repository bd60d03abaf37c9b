package io.tulle.registry.catalog;

import io.tulle.api.resource.Instance;
import io.tulle.client.wire.WatchLine;
import io.tulle.registry.store.Change;
import io.tulle.registry.store.CompactedException;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the store holds, decoded, by service. It follows the store a moment behind: each revision becomes visible as a whole, in order. Thread-safe;
 * reading takes no lock.
 */
public final class Catalog implements AutoCloseable {
    private static final int TRIES = 5;
    private static final long MOST_WAIT_MILLIS = 5_000;

    private final Store store;
    private final ReentrantLock applying = new ReentrantLock(); // one revision at a time, followers included
    private final List<Consumer<CatalogChange>> followers = new CopyOnWriteArrayList<>();
    private final Map<String, StoredSession> sessions = new ConcurrentHashMap<>();
    private final InstanceOwners owners = new InstanceOwners();
    private final ChangeReader reader = new ChangeReader(sessions, owners);
    private final RecentChanges recent = new RecentChanges();
    private final RevisionWaits waits = new RevisionWaits();
    private volatile CatalogState state = new CatalogState(0, Map.of());
    private Store.@Nullable Subscription watching;

    private Catalog(Store store) {
        this.store = store;
    }

    /**
     * Reads all of {@code store} and goes on following it. Begins a little in the past and reads what came since as changes, so that they can be told to those who
     * were connected to the registry before it restarted.
     *
     * @throws CompactedException if the store is compacted again and again meanwhile
     */
    public static Catalog load(Store store) {
        long newest = store.revision();
        for (int tries = 1; ; tries++) {
            try {
                Catalog catalog = new Catalog(store);
                catalog.begin(Math.max(store.compacted(), newest - RecentChanges.MOST));
                catalog.awaitRevision(newest);
                return catalog;
            } catch (CompactedException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void begin(long base) {
        if (base > 0) {
            List<Entry> entries = new ArrayList<>(StoreReading.all(store, Keys.RESOURCES, base));
            entries.addAll(StoreReading.all(store, Keys.SESSIONS, base));
            ChangeReader.Read read = reader.read(entries);
            Map<String, ServiceView> services = new HashMap<>();
            read.services().forEach((service, edit) -> services.put(service, begun(service, edit)));
            StoreReading.all(store, Keys.GONE, base).forEach(entry -> remember(services, entry));
            state = new CatalogState(base, Map.copyOf(services));
        }
        recent.begin(base);
        waits.reach(base);
        watching = store.watch("", base, this::apply);
    }

    private void apply(Change change) {
        applying.lock();
        try {
            ChangeReader.Read read = reader.read(change);
            List<CatalogChange.OfService> services = new ArrayList<>();
            if (read.services().isEmpty()) {
                state = new CatalogState(change.revision(), state.services());
            } else {
                Map<String, ServiceView> after = new HashMap<>(state.services());
                read.services().forEach((service, edit) -> {
                    services.add(edit.change(service, state.lastChange(service)));
                    ServiceView view = after.getOrDefault(service, new ServiceView(service, 0, List.of(), List.of()));
                    after.put(service, edit.applyTo(view, change.revision()));
                });
                state = new CatalogState(change.revision(), Collections.unmodifiableMap(after));
            }
            CatalogChange told = new CatalogChange(change.revision(), services, read.sessions());
            recent.add(told, size(change));
            followers.forEach(follower -> follower.accept(told));
        } finally {
            applying.unlock();
        }
        waits.reach(change.revision());
    }

    private static long size(Change change) {
        return change.events().stream()
                .mapToLong(event -> event.key().length()
                        + (event.current() == null ? 0 : event.current().value().length))
                .sum();
    }

    /**
     * Has {@code follower} told every change from now on, in order, by the thread that applies it. {@link #state()} is then of exactly that revision. The follower
     * must be quick and must not throw.
     *
     * @return what the changes come after
     */
    public CatalogState follow(Consumer<CatalogChange> follower) {
        applying.lock();
        try {
            followers.add(follower);
            return state;
        } finally {
            applying.unlock();
        }
    }

    /** Returns the newest state. */
    public CatalogState state() {
        return state;
    }

    /** Returns the revision as of which everything is. */
    public long revision() {
        return state.revision();
    }

    /** Returns the identity of the store's data. */
    public String epoch() {
        return store.epoch();
    }

    /** Returns the namespaces that have resources, in order. */
    public Set<String> namespaces() {
        Set<String> namespaces = new TreeSet<>();
        state.services().values().stream()
                .filter(view -> !view.resources().isEmpty())
                .forEach(view -> namespaces.add(
                        view.service().substring(0, view.service().indexOf('/'))));
        return namespaces;
    }

    /** Returns the services that exist, as {@code namespace/name}, in order. */
    public Set<String> services() {
        Set<String> services = new TreeSet<>();
        state.services().values().stream().filter(ServiceView::exists).forEach(view -> services.add(view.service()));
        return services;
    }

    /** Returns all that concerns a service ({@code namespace/name}), or null when it was never heard of. See {@link ServiceView#exists}. */
    public @Nullable ServiceView service(String name) {
        return state.service(name);
    }

    /** Returns a session, or null when there is none of that id. */
    public @Nullable StoredSession session(String id) {
        return sessions.get(id);
    }

    /** Returns every session, in no order. */
    public Collection<StoredSession> sessions() {
        return Collections.unmodifiableCollection(sessions.values());
    }

    /** Returns the instances that hang on a lease, in no order. */
    public List<Instance> instances(long lease) {
        return owners.of(lease);
    }

    /**
     * Returns the changes after {@code revision} up to and including {@code until}, in order; some may be empty.
     *
     * @throws CompactedException if the first of them are forgotten
     */
    public List<CatalogChange> changes(long revision, long until) {
        return recent.after(revision, until);
    }

    /** Waits until everything up to {@code revision} is visible, at most 5 s; false if it is not then. Whoever has written reads their own writes after it. */
    public boolean awaitRevision(long revision) {
        try {
            reached(revision).get(MOST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for revision " + revision + " failed", e);
        }
        return true;
    }

    /** Completes when everything up to {@code revision} is visible. */
    public CompletableFuture<Void> reached(long revision) {
        return waits.reached(revision);
    }

    /** Forgets why instances went in revision {@code until} and before. That changes no service. */
    public void forgetDepartures(long until) {
        applying.lock();
        try {
            Map<String, ServiceView> after = new HashMap<>(state.services());
            after.replaceAll((service, view) -> view.forget(until));
            state = new CatalogState(state.revision(), Collections.unmodifiableMap(after));
        } finally {
            applying.unlock();
        }
    }

    /** Stops following the store. */
    @Override
    public void close() {
        Store.Subscription current = watching;
        if (current != null) {
            current.close();
        }
    }

    private static ServiceView begun(String service, ServiceEdit edit) {
        ServiceView view = edit.applyTo(new ServiceView(service, 0, List.of(), List.of()), 0);
        long newest = view.resources().stream()
                .mapToLong(resource -> Long.parseLong(resource.metadata().resourceVersion()))
                .max()
                .orElse(0);
        return new ServiceView(service, newest, view.resources(), List.of());
    }

    private static void remember(Map<String, ServiceView> services, Entry entry) {
        Gone gone = Gone.decode(entry);
        services.computeIfPresent(gone.service(), (service, view) -> {
            List<ServiceView.Departure> departures = new ArrayList<>(view.departures());
            departures.add(new ServiceView.Departure(
                    entry.revision(), new WatchLine.Removed("Instance", gone.instance(), gone.uid(), gone.reason())));
            return new ServiceView(service, Math.max(view.revision(), entry.revision()), view.resources(), departures);
        });
    }
}
