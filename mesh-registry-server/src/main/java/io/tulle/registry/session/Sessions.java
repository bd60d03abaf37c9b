package io.tulle.registry.session;

import io.tulle.api.resource.Instance;
import io.tulle.api.time.Ticker;
import io.tulle.client.wire.OpenSession;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.Renewal;
import io.tulle.client.wire.Renewed;
import io.tulle.client.wire.SessionOpened;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.catalog.CatalogChange;
import io.tulle.registry.catalog.Gone;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.catalog.StoredResource;
import io.tulle.registry.catalog.StoredSession;
import io.tulle.registry.http.ProblemException;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of processes. A session is a key that hangs on a lease, and so are the instances that it registers: whichever registry on the same store gets
 * the next renewal, it finds them. Thread-safe; methods wait for the store.
 */
public final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final int BATCH = 40;

    private final Store store;
    private final Catalog catalog;
    private final Ticker ticker;
    private final Supplier<String> ids;
    private final Duration lease;
    private final Duration progress;
    private final Registrar registrar;
    private final Commits commits;
    private final Arrears arrears;
    private final Map<String, Report> reports = new ConcurrentHashMap<>();

    /**
     * Creates the sessions of a store.
     *
     * @param catalog follows the store
     * @param ids makes ids of letters and digits that nobody guesses
     * @param rhythm what processes are told about leases and progress marks
     */
    public Sessions(Store store, Catalog catalog, Ticker ticker, Supplier<String> ids, Rhythm rhythm) {
        this.store = store;
        this.catalog = catalog;
        this.ticker = ticker;
        this.ids = ids;
        lease = rhythm.lease();
        progress = rhythm.progress();
        registrar = new Registrar(store, catalog);
        commits = new Commits(store);
        arrears = new Arrears(lease);
        catalog.follow(this::forget);
    }

    /** An instance that is registered; {@code created} when it was not before. */
    public record Registered(Instance instance, boolean created) {}

    private void forget(CatalogChange change) {
        change.sessions().stream().filter(session -> session.current() == null).forEach(session -> {
            reports.remove(session.id());
            arrears.forget(session.id());
        });
    }

    /**
     * Opens a session and registers its instances in the same revision. An instance that may not be registered is left out: {@link Renewed#instances} says so.
     *
     * @throws ProblemException 422 when something in it is not valid
     */
    public SessionOpened open(OpenSession open) {
        SessionChecks.check(open);
        String id = ids.get();
        long granted = Commits.await(store.grant(lease));
        StoredSession.Content content = new StoredSession.Content(
                open.service(), open.process(), open.client(), open.schemas(), open.subscriptions());
        long revision;
        try {
            revision = commits.commit(() -> opening(id, granted, content, open.instances()));
        } catch (RuntimeException e) {
            var unused = store.revoke(granted);
            throw e;
        }
        catalog.awaitRevision(revision);
        reports.put(id, Report.silent(ticker.nanos()));
        catalog.instances(granted).forEach(this::warn);
        return new SessionOpened(id, store.epoch(), revision, lease, List.copyOf(catalog.namespaces()), progress);
    }

    private Transaction opening(String id, long granted, StoredSession.Content content, List<Instance> instances) {
        Transaction.Builder transaction = Transaction.builder();
        transaction.put(Keys.session(id), content.encode(), granted);
        Set<String> services = new HashSet<>();
        for (Instance instance : instances) {
            ProblemException refusal = registrar.refusal(instance, granted, Long.MAX_VALUE);
            if (refusal == null) {
                registrar.register(transaction, instance, granted, services);
            } else {
                LOG.warn("{} is not registered: {}", instance.title(), refusal.getMessage());
            }
        }
        return transaction.build();
    }

    /**
     * Keeps a session for another lease. Writes nothing, unless subscriptions have changed.
     *
     * @throws ProblemException 404 when there is no such session (any more)
     */
    public Renewed renew(String id, Renewal renewal) {
        StoredSession session = live(id);
        reports.put(id, Report.of(ticker.nanos(), renewal));
        List<String> subscriptions = renewal.subscriptions();
        if (subscriptions != null
                && !Set.copyOf(subscriptions).equals(session.since().keySet())) {
            SessionChecks.check(subscriptions);
            subscribe(id, List.copyOf(new HashSet<>(subscriptions)));
        }
        List<String> registered = catalog.instances(session.lease()).stream()
                .map(instance -> instance.metadata().name())
                .sorted()
                .toList();
        return new Renewed(store.epoch(), catalog.revision(), lease, List.copyOf(catalog.namespaces()), registered);
    }

    private void subscribe(String id, List<String> subscriptions) {
        long revision = commits.commit(() -> {
            StoredSession now = live(id);
            return Transaction.builder()
                    .when(Keys.session(id), now.revision())
                    .put(
                            Keys.session(id),
                            now.content().withSubscriptions(subscriptions).encode(),
                            now.lease())
                    .build();
        });
        catalog.awaitRevision(revision);
    }

    /**
     * Registers an instance of a session, or changes it. Writes nothing when it is registered as it is.
     *
     * @throws ProblemException 404, 409, 422
     */
    public Registered register(String id, String name, Instance instance) {
        StoredSession session = live(id);
        SessionChecks.check(session.content().service(), name, instance);
        Entry now = registrar.find(instance.metadata().namespace(), name);
        if (now != null && Registrar.same(now, instance, session.lease())) {
            return new Registered((Instance) StoredResource.decode(now), false);
        }
        boolean created = now == null || now.lease() != session.lease();
        long revision = commits.commit(() -> {
            live(id);
            ProblemException refusal = registrar.refusal(instance, session.lease(), session.created());
            if (refusal != null) {
                throw refusal;
            }
            Transaction.Builder transaction = Transaction.builder();
            registrar.register(transaction, instance, session.lease(), new HashSet<>());
            return transaction.build();
        });
        catalog.awaitRevision(revision);
        warn(instance);
        return new Registered(
                instance.withMetadata(instance.metadata().withResourceVersion(Long.toString(revision))), created);
    }

    private void warn(Instance instance) {
        String contradiction = registrar.contradiction(instance);
        if (contradiction != null) {
            LOG.warn("{}", contradiction);
        }
    }

    /**
     * What a removal did.
     *
     * @param service whose instance is gone; empty when there was nothing to remove
     * @param revision that removed it, or the newest
     */
    public record Removal(String service, long revision) {}

    /**
     * Removes an instance, if it belongs to the session and has this uid; does nothing else.
     *
     * @param uid empty for any
     * @throws ProblemException 404 when there is no such session
     */
    public Removal deregister(String id, String name, String uid, RemovalReason reason) {
        StoredSession session = session(id);
        String service = session.content().service();
        String namespace = service.substring(0, service.indexOf('/'));
        String[] removed = {""};
        long revision = commits.commit(() -> {
            Entry now = registrar.find(namespace, name);
            if (now == null || !isOurs(now, session, uid)) {
                removed[0] = "";
                return null;
            }
            removed[0] = StoredResource.decode(now).service();
            Transaction.Builder transaction = Transaction.builder();
            registrar.remove(transaction, now, reason);
            return transaction.build();
        });
        catalog.awaitRevision(revision);
        return new Removal(removed[0], revision);
    }

    private static boolean isOurs(Entry now, StoredSession session, String uid) {
        return now.lease() == session.lease()
                && (uid.isEmpty()
                        || Gone.uid((Instance) StoredResource.decode(now)).equals(uid));
    }

    /**
     * Ends a session and removes its instances for {@code reason}.
     *
     * @return the revision of the end
     * @throws ProblemException 404 when there is no such session
     */
    public long end(String id, RemovalReason reason) {
        StoredSession session = session(id);
        catalog.awaitRevision(store.revision());
        List<Instance> instances = catalog.instances(session.lease());
        for (int from = 0; from < instances.size(); from += BATCH) {
            List<Instance> batch = instances.subList(from, Math.min(instances.size(), from + BATCH));
            commits.commit(() -> leaving(session, batch, reason));
        }
        long revision = Commits.await(store.revoke(session.lease()));
        catalog.awaitRevision(revision);
        return revision;
    }

    private Transaction leaving(StoredSession session, List<Instance> batch, RemovalReason reason) {
        Transaction.Builder transaction = Transaction.builder().delete(Keys.session(session.id()));
        for (Instance instance : batch) {
            Entry now = registrar.find(
                    instance.metadata().namespace(), instance.metadata().name());
            if (now != null && isOurs(now, session, "")) {
                registrar.remove(transaction, now, reason);
            }
        }
        return transaction.build();
    }

    /**
     * Returns the services of which a session's process has put nothing newer in force for a whole lease, although there is something: they should be sent
     * again. To be asked after each renewal; each service is returned once per lease.
     */
    public Set<String> overdue(String id) {
        StoredSession session = catalog.session(id);
        return session == null
                ? Set.of()
                : arrears.due(id, session.since().keySet(), report(id).applied(), catalog.state(), ticker.nanos());
    }

    /** Returns what the process of a session said last. */
    public Report report(String id) {
        return reports.computeIfAbsent(id, unknown -> Report.silent(ticker.nanos()));
    }

    /** Returns a session whose lease is kept by this. */
    private StoredSession live(String id) {
        StoredSession session = session(id);
        if (!store.keepAlive(session.lease())) {
            throw unknown(id);
        }
        return session;
    }

    private StoredSession session(String id) {
        StoredSession session = catalog.session(id);
        if (session == null) {
            throw unknown(id);
        }
        return session;
    }

    /** Returns whether a text can be the name of a service, {@code namespace/name}. */
    public static boolean isService(String text) {
        return SessionChecks.isService(text);
    }

    /** Returns the problem of an id that no session has. */
    public static ProblemException unknown(String id) {
        String shown = id.length() > 64 ? id.substring(0, 64) + "..." : id;
        return new ProblemException(
                404, "unknown-session", "no session '" + shown + "' (it has ended or expired); open another one");
    }
}
