package io.tulle.registry.watch;

import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import io.tulle.client.codec.Schemas;
import io.tulle.client.wire.WatchLine;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.catalog.CatalogChange;
import io.tulle.registry.catalog.CatalogState;
import io.tulle.registry.catalog.StoredSession;
import io.tulle.registry.http.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells watchers what changes: ordered, unique, without gaps, each revision whole, resumable, with progress marks. It never waits for a watcher: lines are put
 * into bounded queues, and whoever writes a stream takes them ({@link #take}) when there is room, after having been woken. Thread-safe.
 */
public final class WatchHub implements AutoCloseable {
    private final Catalog catalog;
    private final Ticker ticker;
    private final Scheduler scheduler;
    private final HubSettings settings;
    private final Function<String, List<WatchLine.Removed>> confirmed;
    private final LineWriter writer;
    private final ReentrantLock lock = new ReentrantLock(); // guards everything below, and the watchers
    private final Set<Watcher> watchers = new HashSet<>();
    private final Map<String, Watcher> bySession = new HashMap<>();
    private final Map<String, Set<Watcher>> byService = new HashMap<>();
    private final Deliveries deliveries = new Deliveries();
    private CatalogState state;
    private boolean closed;
    private long coalesced;
    private long cut;
    private long repeated;

    private WatchHub(
            Catalog catalog,
            Ticker ticker,
            Scheduler scheduler,
            HubSettings settings,
            Function<String, List<WatchLine.Removed>> confirmed) {
        this.catalog = catalog;
        this.ticker = ticker;
        this.scheduler = scheduler;
        this.settings = settings;
        this.confirmed = confirmed;
        writer = new LineWriter(catalog.epoch());
        state = new CatalogState(0, Map.of());
    }

    /**
     * Starts a hub for a catalog.
     *
     * @param confirmed the expiries of a service that are confirmed now
     */
    public static WatchHub start(
            Catalog catalog,
            Ticker ticker,
            Scheduler scheduler,
            HubSettings settings,
            Function<String, List<WatchLine.Removed>> confirmed) {
        WatchHub hub = new WatchHub(catalog, ticker, scheduler, settings, confirmed);
        hub.lock.lock(); // a change that comes at once waits until the state before it is known
        try {
            hub.state = catalog.follow(hub::change);
        } finally {
            hub.lock.unlock();
        }
        hub.tickLater();
        return hub;
    }

    /**
     * Opens the stream of a session in place of the one that it has; the session says what it follows.
     *
     * @param remote where the stream goes, for people
     * @param wake is run, quickly and by any thread, when there is something to {@link #take} after there was nothing
     * @return null when there is no such session
     * @throws BehindException if the watcher has seen more than this registry
     * @throws io.tulle.registry.store.CompactedException if what came after {@code resume} is forgotten
     * @throws TooManyWatchersException if there are too many
     */
    public @Nullable Watcher attach(String session, String remote, Resume resume, Runnable wake) {
        List<Runnable> wakes = new ArrayList<>();
        lock.lock();
        try {
            StoredSession stored = catalog.session(session);
            if (stored == null) {
                return null;
            }
            Schemas schemas = Schemas.of(stored.content().schemas());
            Watcher watcher = new Watcher(session, remote, schemas, ticker.nanos(), wake);
            begin(watcher, stored.since(), resume);
            Watcher before = bySession.put(session, watcher);
            if (before != null) {
                end(before, wakes);
            }
            add(watcher);
            return watcher;
        } finally {
            lock.unlock();
            wakes.forEach(Runnable::run);
        }
    }

    /** Opens a stream of some services for somebody without a session; else as the other. */
    public Watcher attach(Set<String> services, String remote, Resume resume, Runnable wake) {
        lock.lock();
        try {
            Watcher watcher = new Watcher(null, remote, Schemas.LATEST, ticker.nanos(), wake);
            Map<String, Long> since = new HashMap<>();
            services.forEach(service -> since.put(service, 0L));
            begin(watcher, since, resume);
            add(watcher);
            return watcher;
        } finally {
            lock.unlock();
        }
    }

    /** Queues what a new watcher has to be told first. */
    private void begin(Watcher watcher, Map<String, Long> subscribed, Resume resume) {
        if (closed) {
            throw new ProblemException(503, "not-ready", "the registry is stopping; try another one");
        }
        if (watchers.size() >= settings.mostWatchers()) {
            throw new TooManyWatchersException(watchers.size());
        }
        watcher.services.addAll(subscribed.keySet());
        Long since = resume.sinceIn(catalog.epoch());
        if (since == null) {
            watcher.stale.addAll(subscribed.keySet());
        } else if (since > state.revision()) {
            throw new BehindException(since, state.revision());
        } else {
            List<CatalogChange> missed = catalog.changes(since, state.revision());
            subscribed.forEach((service, begun) -> {
                if (begun > since) {
                    watcher.stale.add(service);
                }
            });
            missed.forEach(change -> tell(change, Set.of(watcher), new ArrayList<>()));
        }
        watcher.services.stream()
                .filter(service -> !confirmed.apply(service).isEmpty())
                .forEach(watcher.confirms::add);
        watcher.markDue = true;
    }

    private void add(Watcher watcher) {
        watchers.add(watcher);
        watcher.services.forEach(service -> index(service, watcher));
    }

    private void index(String service, Watcher watcher) {
        byService.computeIfAbsent(service, none -> new HashSet<>()).add(watcher);
    }

    private void unindex(String service, Watcher watcher) {
        byService.computeIfPresent(service, (same, followers) -> {
            followers.remove(watcher);
            return followers.isEmpty() ? null : followers;
        });
    }

    /** Closes a watcher's stream; it is woken and then finds that it has ended. Idempotent. */
    public void detach(Watcher watcher) {
        List<Runnable> wakes = new ArrayList<>();
        lock.lock();
        try {
            end(watcher, wakes);
        } finally {
            lock.unlock();
        }
        wakes.forEach(Runnable::run);
    }

    private void end(Watcher watcher, List<Runnable> wakes) {
        if (watcher.ended()) {
            return;
        }
        watcher.end();
        watchers.remove(watcher);
        watcher.services.forEach(service -> unindex(service, watcher));
        if (watcher.session != null) {
            bySession.remove(watcher.session, watcher);
        }
        wakes.add(watcher.wake);
        moved(watcher, wakes);
    }

    private void moved(Watcher watcher, List<Runnable> wakes) {
        deliveries.moved(watcher, state.revision()).forEach(done -> wakes.add(() -> done.done.complete(0)));
    }

    private void change(CatalogChange change) {
        List<Runnable> wakes = new ArrayList<>();
        lock.lock();
        try {
            state = catalog.state();
            change.sessions().forEach(session -> follow(session, wakes));
            Set<Watcher> concerned = new HashSet<>();
            Set<String> services = new HashSet<>();
            change.services().forEach(of -> {
                services.add(of.service());
                concerned.addAll(byService.getOrDefault(of.service(), Set.of()));
            });
            writer.forget(services);
            tell(change, concerned, wakes);
        } finally {
            lock.unlock();
        }
        wakes.forEach(Runnable::run);
    }

    private void follow(CatalogChange.OfSession change, List<Runnable> wakes) {
        Watcher watcher = bySession.get(change.id());
        StoredSession session = change.current();
        if (watcher == null) {
            return;
        } else if (session == null) {
            end(watcher, wakes);
            return;
        }
        Set<String> wanted = session.since().keySet();
        List<String> left = watcher.services.stream()
                .filter(service -> !wanted.contains(service))
                .toList();
        left.forEach(service -> {
            unindex(service, watcher);
            watcher.leave(service);
        });
        List<String> added = wanted.stream()
                .filter(service -> !watcher.services.contains(service))
                .toList();
        if (!added.isEmpty()) {
            stir(watcher, wakes);
            added.forEach(service -> index(service, watcher));
            watcher.services.addAll(added);
            watcher.stale.addAll(added);
        }
    }

    private void tell(CatalogChange change, Collection<Watcher> concerned, List<Runnable> wakes) {
        ChangeLines lines = new ChangeLines(change, writer);
        for (Watcher watcher : concerned) {
            Line line = lines.of(watcher.services, watcher.schemas);
            if (line != null) {
                stir(watcher, wakes);
                if (!watcher.add(line, settings.mostLines(), settings.mostBytes())) {
                    coalesced++;
                }
            }
        }
    }

    /** Notes that there is about to be something to take. */
    private void stir(Watcher watcher, List<Runnable> wakes) {
        if (!watcher.waiting()) {
            watcher.lastMovedNanos = ticker.nanos();
            wakes.add(watcher.wake);
        }
    }

    /**
     * Takes the next line of a watcher.
     *
     * @return null when there is none for now, or no more because the watcher has {@linkplain #hasEnded ended}
     */
    public @Nullable Line take(Watcher watcher) {
        CatalogState at;
        List<String> services;
        lock.lock();
        try {
            watcher.lastMovedNanos = ticker.nanos();
            if (watcher.ended() || !watcher.waiting()) {
                return null;
            }
            Line line = watcher.poll();
            if (line == null && watcher.stale.isEmpty()) {
                line = confirmationOrMark(watcher);
            }
            if (line != null) {
                watcher.take(line.revision());
                return line;
            }
            at = state;
            services = List.copyOf(watcher.stale);
            watcher.stale.clear();
            watcher.take(at.revision());
        } finally {
            lock.unlock();
        }
        Map<String, byte[]> updates = new LinkedHashMap<>();
        services.forEach(service -> updates.put(service, writer.snapshot(at, service, watcher.schemas)));
        return writer.line(WatchLine.Type.SNAPSHOT, at.revision(), updates);
    }

    private Line confirmationOrMark(Watcher watcher) {
        Map<String, byte[]> updates = new LinkedHashMap<>();
        for (String service : watcher.confirms) {
            List<WatchLine.Removed> removed = confirmed.apply(service);
            if (!removed.isEmpty()) {
                updates.put(service, LineWriter.confirmation(service, removed));
            }
        }
        watcher.confirms.clear();
        if (updates.isEmpty()) {
            watcher.markDue = false;
            return writer.line(WatchLine.Type.PROGRESS, state.revision(), Map.of());
        }
        return writer.line(WatchLine.Type.CONFIRM, state.revision(), updates);
    }

    /** Notes that everything that was taken has been written. */
    public void wrote(Watcher watcher) {
        List<Runnable> wakes = new ArrayList<>();
        lock.lock();
        try {
            watcher.wrote();
            moved(watcher, wakes);
        } finally {
            lock.unlock();
        }
        wakes.forEach(Runnable::run);
    }

    /** Returns whether a watcher's stream is to be closed. */
    public boolean hasEnded(Watcher watcher) {
        return locked(watcher::ended);
    }

    /** Has snapshots of some services sent on a session's stream, as far as it has one and follows them. */
    public void sendAgain(String session, Set<String> services) {
        List<Runnable> wakes = new ArrayList<>();
        lock.lock();
        try {
            Watcher watcher = bySession.get(session);
            if (watcher != null) {
                List<String> followed =
                        services.stream().filter(watcher.services::contains).toList();
                if (!followed.isEmpty()) {
                    stir(watcher, wakes);
                    watcher.stale.addAll(followed);
                    repeated += followed.size();
                }
            }
        } finally {
            lock.unlock();
        }
        wakes.forEach(Runnable::run);
    }

    /** Has the expiries of a service that are confirmed now told to those who follow it. */
    public void confirm(String service) {
        List<Runnable> wakes = new ArrayList<>();
        lock.lock();
        try {
            byService.getOrDefault(service, Set.of()).forEach(watcher -> {
                stir(watcher, wakes);
                watcher.confirms.add(service);
            });
        } finally {
            lock.unlock();
        }
        wakes.forEach(Runnable::run);
    }

    /**
     * Waits until {@code revision}, which the catalog must have reached, has been written to every stream that follows {@code service}, or {@code wait} is over.
     *
     * @return completed with the number of streams that have not got it
     */
    public CompletableFuture<Integer> written(String service, long revision, Duration wait) {
        Deliveries.Delivery delivery;
        lock.lock();
        try {
            Set<Watcher> missing = new HashSet<>(byService.getOrDefault(service, Set.of()));
            missing.removeIf(watcher -> watcher.has(revision, state.revision()));
            if (missing.isEmpty()) {
                return CompletableFuture.completedFuture(0);
            }
            delivery = deliveries.add(revision, missing);
        } finally {
            lock.unlock();
        }
        Scheduler.Timer end = scheduler.schedule(ticker.nanos() + wait.toNanos(), () -> giveUp(delivery));
        return delivery.done.whenComplete((missing, failure) -> end.cancel());
    }

    private void giveUp(Deliveries.Delivery delivery) {
        int missing;
        lock.lock();
        try {
            deliveries.remove(delivery);
            missing = delivery.missing.size();
        } finally {
            lock.unlock();
        }
        delivery.done.complete(missing);
    }

    private void tickLater() {
        scheduler.schedule(ticker.nanos() + settings.progress().toNanos(), this::tick);
    }

    private void tick() {
        List<Runnable> wakes = new ArrayList<>();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            long now = ticker.nanos();
            for (Watcher watcher : List.copyOf(watchers)) {
                if (watcher.waiting()
                        && now - watcher.lastMovedNanos >= settings.patience().toNanos()) {
                    cut++;
                    end(watcher, wakes);
                } else {
                    stir(watcher, wakes);
                    watcher.markDue = true;
                }
            }
        } finally {
            lock.unlock();
        }
        wakes.forEach(Runnable::run);
        tickLater();
    }

    /** Returns how many streams are open. */
    public int watchers() {
        return locked(watchers::size);
    }

    /** Returns where the open streams of sessions go, by session. */
    public Map<String, String> remotes() {
        return locked(() -> {
            Map<String, String> remotes = new HashMap<>();
            bySession.forEach((session, watcher) -> remotes.put(session, watcher.remote));
            return remotes;
        });
    }

    /** Returns how many lines wait to be taken. */
    public int queued() {
        return locked(() ->
                watchers.stream().mapToInt(watcher -> watcher.queue.size()).sum());
    }

    /** Returns how often a watcher's queue has been replaced by a snapshot. */
    public long coalesced() {
        return locked(() -> coalesced);
    }

    /** Returns how many watchers were cut because they took nothing. */
    public long cut() {
        return locked(() -> cut);
    }

    /** Returns how many snapshots were sent {@linkplain #sendAgain again}. */
    public long repeated() {
        return locked(() -> repeated);
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    /** Ends every stream. */
    @Override
    public void close() {
        List<Runnable> wakes = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            List.copyOf(watchers).forEach(watcher -> end(watcher, wakes));
        } finally {
            lock.unlock();
        }
        wakes.forEach(Runnable::run);
    }
}
