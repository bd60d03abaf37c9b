package io.tulle.registry.catalog;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Resource;
import io.tulle.client.codec.InvalidFileException;
import io.tulle.client.wire.RemovalReason;
import io.tulle.registry.store.Change;
import io.tulle.registry.store.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what happened to keys into what happened to services and sessions. What cannot be read is logged and counts as not written: the version before it
 * stays. Confined to one thread at a time.
 */
final class ChangeReader {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeReader.class);

    private final Map<String, Resource> resources = new HashMap<>();
    private final Map<String, StoredSession> sessions;
    private final InstanceOwners owners;

    /** What is being read. */
    private Map<String, Gone> gone = Map.of();

    private Map<String, ServiceEdit> services = Map.of();
    private List<CatalogChange.OfSession> changedSessions = List.of();

    ChangeReader(Map<String, StoredSession> sessions, InstanceOwners owners) {
        this.sessions = sessions;
        this.owners = owners;
    }

    /** What a revision does. */
    record Read(Map<String, ServiceEdit> services, List<CatalogChange.OfSession> sessions) {}

    /** Reads a whole revision. */
    Read read(Change change) {
        begin();
        for (Change.Event event : change.events()) {
            Entry current = event.current();
            if (event.key().startsWith(Keys.GONE) && current != null) {
                readGone(current);
            } else if (event.key().startsWith(Keys.RESOURCES)) {
                readResource(event.key(), current, event.previous());
            } else if (event.key().startsWith(Keys.SESSIONS)) {
                readSession(event.key(), current);
            }
        }
        return new Read(services, changedSessions);
    }

    /** Reads what there is at the beginning. */
    Read read(List<Entry> entries) {
        begin();
        for (Entry entry : entries) {
            if (entry.key().startsWith(Keys.RESOURCES)) {
                readResource(entry.key(), entry, null);
            } else {
                readSession(entry.key(), entry);
            }
        }
        return new Read(services, changedSessions);
    }

    private void begin() {
        gone = new HashMap<>();
        services = new TreeMap<>();
        changedSessions = new ArrayList<>();
    }

    private void readGone(Entry entry) {
        try {
            gone.put(entry.key(), Gone.decode(entry));
        } catch (InvalidFileException e) {
            LOG.error("{}: cannot be read and is skipped: {}", entry, e.getMessage());
        }
    }

    private void readResource(String key, @Nullable Entry current, @Nullable Entry previous) {
        if (current == null) {
            Resource old = resources.remove(key);
            owners.remove(key);
            if (old != null) {
                edit(old.service()).remove(old, reason(old, previous));
            }
            return;
        }
        try {
            put(key, StoredResource.decode(current), current.lease());
        } catch (InvalidFileException e) {
            LOG.error("{}: cannot be read and is skipped: {}", current, e.getMessage());
        }
    }

    private void put(String key, Resource resource, long lease) {
        Resource old = resources.put(key, resource);
        if (old != null && !old.service().equals(resource.service())) {
            edit(old.service()).remove(old, RemovalReason.DELETED);
            old = null;
        }
        edit(resource.service()).put(resource, old);
        if (resource instanceof Instance instance) {
            owners.put(key, instance, lease);
        }
    }

    private RemovalReason reason(Resource old, @Nullable Entry previous) {
        if (!(old instanceof Instance instance)) {
            return RemovalReason.DELETED;
        }
        Gone marker = gone.get(Gone.of(instance, RemovalReason.DELETED).key());
        if (marker != null && marker.uid().equals(Gone.uid(instance))) {
            return marker.reason();
        }
        return previous != null && previous.lease() != 0 ? RemovalReason.EXPIRED : RemovalReason.DELETED;
    }

    private void readSession(String key, @Nullable Entry current) {
        String id = key.substring(Keys.SESSIONS.length());
        if (current == null) {
            sessions.remove(id);
            changedSessions.add(new CatalogChange.OfSession(id, null));
            return;
        }
        try {
            StoredSession before = sessions.get(id);
            StoredSession session = StoredSession.decode(current, before == null ? Map.of() : before.since());
            sessions.put(id, session);
            changedSessions.add(new CatalogChange.OfSession(id, session));
        } catch (InvalidFileException e) {
            LOG.error("{}: cannot be read and is skipped: {}", current, e.getMessage());
        }
    }

    private ServiceEdit edit(String service) {
        return services.computeIfAbsent(service, none -> new ServiceEdit());
    }
}
