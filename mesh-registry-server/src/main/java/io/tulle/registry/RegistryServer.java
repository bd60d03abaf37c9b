package io.tulle.registry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tulle.client.MeshRuntime;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.http.DocsEndpoints;
import io.tulle.registry.http.Health;
import io.tulle.registry.http.HealthEndpoints;
import io.tulle.registry.http.HttpShell;
import io.tulle.registry.http.Loopback;
import io.tulle.registry.http.MetricsEndpoint;
import io.tulle.registry.http.ResourceEndpoints;
import io.tulle.registry.resource.ResourceReads;
import io.tulle.registry.resource.ResourceWrites;
import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.SqliteStore;
import io.tulle.registry.store.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;

/**
 * A registry that runs: puts store, catalog, resources, sessions and watch together behind one port. The port is open first and says that it is not ready
 * until everything is loaded. Thread-safe.
 */
public final class RegistryServer implements AutoCloseable {
    private final RegistryOptions options;
    private final Closing closing = new Closing();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeshRuntime runtime;
    private final HttpShell shell;
    private final Store store;

    private RegistryServer(RegistryOptions options, Function<MeshRuntime, Store> stores) {
        this.options = options;
        try {
            closing.add(meters::close);
            runtime = MeshRuntime.system();
            closing.add(runtime::close);
            shell = open();
            closing.add(shell::close);
            store = stores.apply(runtime);
            closing.add(store::close);
            serve();
        } catch (RuntimeException | Error e) { // threads that were left would keep a process that serves nothing
            closing.close();
            throw e;
        }
    }

    /**
     * Starts a registry on the store that the options name.
     *
     * @throws CannotStartException if the address cannot be used
     * @throws io.tulle.registry.store.UnusableStoreException if the data cannot be used
     */
    public static RegistryServer start(RegistryOptions options) {
        Path data = options.data();
        return start(
                options,
                runtime -> data == null
                        ? MemoryStore.open(runtime.ticker(), runtime.scheduler())
                        : SqliteStore.open(data, runtime.ticker(), runtime.scheduler()));
    }

    /**
     * Starts a registry on {@code store}, which it closes at its end.
     *
     * @throws CannotStartException if the address cannot be used
     */
    public static RegistryServer start(RegistryOptions options, Store store) {
        return start(options, runtime -> store);
    }

    /** Starts a registry on the store that {@code stores} makes while the port is open already. */
    static RegistryServer start(RegistryOptions options, Function<MeshRuntime, Store> stores) {
        return new RegistryServer(options, stores);
    }

    private HttpShell open() {
        if (!Loopback.binds(options.host())) {
            throw new CannotStartException(
                    "--host " + options.host()
                            + " is not a loopback address, and there is neither TLS nor authentication yet (expected: 127.0.0.1, ::1 or localhost)");
        }
        try {
            return HttpShell.open(options.host(), options.port(), meters);
        } catch (IOException e) {
            throw new CannotStartException("cannot listen on port " + options.port() + " of " + options.host() + ": "
                    + reason(e) + " (end what listens there, or choose another port with --port)");
        }
    }

    private static String reason(IOException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }

    private void serve() {
        Catalog catalog = Catalog.load(store);
        closing.add(catalog::close);
        Following following = new Following(store, catalog, runtime.ticker(), runtime.scheduler(), options);
        closing.add(following::close);
        following.bind(meters, catalog);
        ResourceReads reads = new ResourceReads(store);
        ResourceWrites writes = new ResourceWrites(store, catalog);
        keepInOrder();
        shell.serve(config -> {
            new HealthEndpoints(this::health).addTo(config);
            new DocsEndpoints().addTo(config);
            new MetricsEndpoint(meters).addTo(config);
            following.addTo(config);
            new ResourceEndpoints(reads, writes, catalog::namespaces).addTo(config); // last: its paths match most
        });
        closing.add(shell::close); // again, because requests in flight need what was added before
        closing.add(following::endStreams); // they would never end by themselves
    }

    private void keepInOrder() {
        JvmMetrics jvm = JvmMetrics.bind(meters);
        closing.add(jvm::close);
        Compaction compaction = Compaction.start(store, runtime.ticker(), runtime.scheduler());
        closing.add(compaction::close);
        Gauge.builder("tulle.registry.revision", store, Store::revision)
                .description("Newest revision of the store")
                .register(meters);
        Gauge.builder("tulle.registry.read.only", store, known -> known.readOnly() ? 1 : 0)
                .description("1 while the store refuses writes because the disk is full")
                .register(meters);
    }

    private Health health() {
        return new Health(true, true, store.epoch(), store.revision(), store.readOnly());
    }

    /** Returns every route, such as {@code GET /api/v1/{kinds}}. */
    Set<String> routes() {
        return shell.routes();
    }

    /** Returns where it answers. */
    public URI uri() {
        return options.uri(shell.port());
    }

    /** Ends watch streams, lets requests in flight finish, closes the store. Idempotent. */
    @Override
    public void close() {
        closing.close();
    }
}
