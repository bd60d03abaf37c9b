package io.tulle.registry.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.contract.ContractClient;
import io.tulle.registry.resource.ResourceReads;
import io.tulle.registry.resource.ResourceWrites;
import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.Store;
import io.tulle.testing.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** The resource endpoints behind a real port, over a store in memory. */
final class ResourceHost implements AutoCloseable {
    final Store store;
    final Catalog catalog;
    final ContractClient client;
    private final HttpShell shell;

    /** Puts new endpoints over an empty store behind {@code shell}, in place of those that were there. */
    ResourceHost(HttpShell shell) {
        this.shell = shell;
        ManualClock clock = new ManualClock(18);
        store = MemoryStore.open(clock, clock);
        catalog = Catalog.load(store);
        ResourceWrites writes = new ResourceWrites(store, catalog);
        shell.serve(
                config -> new ResourceEndpoints(new ResourceReads(store), writes, catalog::namespaces).addTo(config));
        client = new ContractClient(uri());
    }

    static HttpShell open() {
        try {
            return HttpShell.open("127.0.0.1", 0, new SimpleMeterRegistry());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + shell.port());
    }

    @Override
    public void close() {
        catalog.close();
        store.close();
    }
}
