package io.tulle.registry.resource;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.catalog.StoredResource;
import io.tulle.registry.catalog.StoredSession;
import io.tulle.registry.store.Committed;
import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The machinery over a store in memory. */
final class RegistryFixture implements AutoCloseable {
    final Store store;
    final Catalog catalog;
    final ResourceReads reads;
    final ResourceWrites writes;

    RegistryFixture() {
        this(memory());
    }

    RegistryFixture(Store store) {
        this.store = store;
        catalog = Catalog.load(store);
        reads = new ResourceReads(store);
        writes = new ResourceWrites(store, catalog);
    }

    static Store memory() {
        ManualClock clock = new ManualClock(17);
        return MemoryStore.open(clock, clock);
    }

    Written.Item put(Resource resource) {
        return put(resource, Precondition.NONE);
    }

    Written.Item put(Resource resource, Precondition precondition) {
        return writes.write(List.of(Edit.write(resource, precondition, "")), false)
                .items()
                .get(0);
    }

    Written apply(boolean dryRun, Resource... resources) {
        List<Edit> edits = new ArrayList<>();
        for (Resource resource : resources) {
            edits.add(Edit.write(resource, Precondition.NONE, "/" + edits.size()));
        }
        return writes.write(edits, dryRun);
    }

    Written.Item delete(Kind kind, String name) {
        return writes.write(List.of(Edit.delete(kind, Sample.NAMESPACE, name, Precondition.NONE)), false)
                .items()
                .get(0);
    }

    /** Writes an instance as a session does. */
    Instance register(Instance instance) {
        long lease = store.grant(Duration.ofSeconds(30)).join();
        Committed committed = store.commit(Transaction.builder()
                        .put(Keys.resource(instance), StoredResource.encode(instance), lease)
                        .build())
                .join();
        catalog.awaitRevision(committed.revision());
        return instance;
    }

    /** Writes a session as a process that follows some services makes one. */
    void follow(String service, String... subscriptions) {
        long lease = store.grant(Duration.ofSeconds(30)).join();
        StoredSession.Content content = new StoredSession.Content(service, "p", "", Map.of(), List.of(subscriptions));
        Committed committed = store.commit(Transaction.builder()
                        .put(Keys.session("session-of-" + service.replace('/', '-')), content.encode(), lease)
                        .build())
                .join();
        catalog.awaitRevision(committed.revision());
    }

    /** Returns the resource without its version, or null. */
    @Nullable
    Resource find(Kind kind, String name) {
        var entry = reads.entry(Keys.resource(kind, Sample.NAMESPACE, name));
        if (entry == null) {
            return null;
        }
        Resource resource = StoredResource.decode(entry);
        return resource.withMetadata(resource.metadata().withResourceVersion(""));
    }

    @Override
    public void close() {
        catalog.close();
        store.close();
    }
}
