package io.tulle.registry.session;

import io.tulle.api.resource.Instance;
import io.tulle.client.wire.OpenSession;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.Renewal;
import io.tulle.client.wire.Renewed;
import io.tulle.client.wire.SessionOpened;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.store.Store;
import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A registry process over a store that outlives it; a planted bug is a subclass. */
class Registry implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(30);

    final Store store;
    final Catalog catalog;
    final Sessions sessions;

    Registry(Store store, ManualClock clock, Supplier<String> ids) {
        this.store = store;
        catalog = Catalog.load(store);
        sessions = new Sessions(store, catalog, clock, ids, new Rhythm(LEASE, Duration.ofSeconds(5)));
    }

    SessionOpened open(OpenSession open) {
        return sessions.open(open);
    }

    Renewed renew(String session) {
        return sessions.renew(session, new Renewal(null, Map.of(), List.of(), List.of(), 0));
    }

    void register(String session, Instance instance) {
        sessions.register(session, instance.metadata().name(), instance);
    }

    void deregister(String session, String name, String uid) {
        sessions.deregister(session, name, uid, RemovalReason.DRAINED);
    }

    void end(String session) {
        sessions.end(session, RemovalReason.DEREGISTERED);
    }

    @Override
    public void close() {
        catalog.close();
    }
}
