package io.tulle.registry.session;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Service;
import io.tulle.client.wire.RemovalReason;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.catalog.Gone;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.catalog.ServiceView;
import io.tulle.registry.catalog.StoreReading;
import io.tulle.registry.catalog.StoredResource;
import io.tulle.registry.catalog.StoredSession;
import io.tulle.registry.http.ProblemException;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose an instance is. A name belongs to the youngest session that has registered it: a request of an older one that arrives late is refused, and so is one
 * for an instance that its process has taken away (uids are not used twice). Everything that a decision was based on is a condition of the transaction.
 * Thread-safe.
 */
final class Registrar {
    private final Store store;
    private final Catalog catalog;

    Registrar(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /** Returns the newest version of an instance, or null. */
    @Nullable
    Entry find(String namespace, String name) {
        return StoreReading.find(store, Keys.resource(Kind.INSTANCE, namespace, name));
    }

    /** Returns why {@code instance} may not be registered by a session that was opened in revision {@code opened}, or null. */
    @Nullable
    ProblemException refusal(Instance instance, long lease, long opened) {
        Entry now = find(instance.metadata().namespace(), instance.metadata().name());
        if (now != null && now.lease() == 0) {
            return new ProblemException(
                    409,
                    "already-exists",
                    instance.title() + " was written by somebody and belongs to no session; delete it first");
        }
        if (now != null && now.lease() != lease && !sameProcess(now, instance) && openedLater(now, opened)) {
            return new ProblemException(
                    409,
                    "owned-by-session",
                    instance.title() + " belongs to a session that was opened later; choose another name");
        }
        Entry marker = StoreReading.find(store, gone(instance).key());
        return marker != null && ended(instance, marker)
                ? new ProblemException(
                        409,
                        "conflict",
                        instance.title() + " was taken away by its process (uid " + Gone.uid(instance)
                                + "); register it with a new uid")
                : null;
    }

    /** Adds to {@code transaction} that an instance is registered on {@code lease}, and its service, if that is new. */
    void register(Transaction.Builder transaction, Instance instance, long lease, Set<String> services) {
        String key = Keys.resource(instance);
        transaction.when(key, revision(key)).put(key, StoredResource.encode(instance), lease);
        String marker = gone(instance).key();
        transaction.when(marker, revision(marker));
        if (services.add(instance.service())) {
            addService(transaction, instance);
        }
    }

    /** A service that nobody has described speaks what its first instance does. */
    private void addService(Transaction.Builder transaction, Instance first) {
        Service usual =
                new Service(described(first), new Service.Spec(first.spec().protocol(), List.of()));
        String key = Keys.resource(usual);
        long revision = revision(key);
        transaction.when(key, revision);
        if (revision == 0) {
            transaction.put(key, StoredResource.encode(usual));
        }
    }

    /**
     * Returns in what {@code instance} contradicts its service as the catalog has it, or null. Callers go by the service, so this is somebody's mistake; but an
     * instance of a described service need not say what it speaks, so {@code http}, which is also what silence means, is none.
     */
    @Nullable
    String contradiction(Instance instance) {
        Protocol said = instance.spec().protocol();
        ServiceView known = catalog.service(instance.service());
        if (said == Protocol.HTTP
                || known == null
                || !(known.resource(Kind.SERVICE, described(instance).name()) instanceof Service service)
                || service.spec().protocol() == said) {
            return null;
        }
        return instance.title() + " says protocol: " + lower(said) + ", and " + instance.service()
                + " is a service of protocol: " + lower(service.spec().protocol())
                + ", which its callers go by; apply the service with the protocol that its instances speak";
    }

    private static Metadata described(Instance instance) {
        String service = instance.service();
        int slash = service.indexOf('/');
        return Metadata.of(service.substring(0, slash), service.substring(slash + 1));
    }

    private static String lower(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }

    /** Adds to {@code transaction} that what {@code entry} holds goes for {@code reason}. */
    void remove(Transaction.Builder transaction, Entry entry, RemovalReason reason) {
        Gone gone = Gone.of((Instance) StoredResource.decode(entry), reason);
        transaction.when(entry.key(), entry.revision()).delete(entry.key()).put(gone.key(), gone.encode());
    }

    /** Returns whether an entry already says exactly this, on this lease. */
    static boolean same(@Nullable Entry now, Instance instance, long lease) {
        return now != null && now.lease() == lease && Arrays.equals(now.value(), StoredResource.encode(instance));
    }

    private boolean openedLater(Entry now, long opened) {
        catalog.awaitRevision(now.revision()); // then the session that wrote it is known, or has ended
        return catalog.sessions().stream()
                .filter(session -> session.lease() == now.lease())
                .mapToLong(StoredSession::created)
                .anyMatch(created -> created > opened);
    }

    private static boolean sameProcess(Entry now, Instance instance) {
        return Gone.uid((Instance) StoredResource.decode(now)).equals(Gone.uid(instance));
    }

    private static boolean ended(Instance instance, Entry marker) {
        Gone gone = Gone.decode(marker);
        return gone.reason() != RemovalReason.DELETED
                && !instance.spec().uid().isEmpty()
                && gone.uid().equals(instance.spec().uid());
    }

    private static Gone gone(Instance instance) {
        return Gone.of(instance, RemovalReason.DELETED);
    }

    private long revision(String key) {
        Entry entry = StoreReading.find(store, key);
        return entry == null ? 0 : entry.revision();
    }
}
