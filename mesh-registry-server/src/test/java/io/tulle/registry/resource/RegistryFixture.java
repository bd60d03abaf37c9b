package io.tulle.registry.resource;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.catalog.StoredResource;
import io.tulle.registry.store.Committed;
import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
        writes = new ResourceWrites(store, catalog, RegistryFixture::followers);
    }

    static Store memory() {
        ManualClock clock = new ManualClock(17);
        return MemoryStore.open(clock, clock);
    }

    /** Everybody is followed by the storefront. */
    private static Set<String> followers(Set<String> services) {
        return services.isEmpty() ? Set.of() : new TreeSet<>(Set.of("shop/storefront"));
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
