package io.tulle.registry;

import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.http.ClientsEndpoint;
import io.tulle.registry.http.SessionEndpoints;
import io.tulle.registry.http.WatchEndpoint;
import io.tulle.registry.session.Expiries;
import io.tulle.registry.session.Rhythm;
import io.tulle.registry.session.Sessions;
import io.tulle.registry.session.Upkeep;
import io.tulle.registry.store.Store;
import io.tulle.registry.watch.HubSettings;
import io.tulle.registry.watch.WatchHub;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Sessions and streams, put together: all that a process needs to follow the registry. */
final class Following implements AutoCloseable {
    private static final int MOST_WRITERS = 4;
    private static final int ID_BYTES = 16;

    private final WatchHub hub;
    private final Upkeep upkeep;
    private final ExecutorService writers = writers();
    private final SessionEndpoints sessionEndpoints;
    private final WatchEndpoint watchEndpoint;
    private final ClientsEndpoint clientsEndpoint;

    Following(Store store, Catalog catalog, Ticker ticker, Scheduler scheduler, RegistryOptions options) {
        Expiries expiries = Expiries.start(catalog, ticker, scheduler, options.lease());
        HubSettings settings = HubSettings.DEFAULT.withProgress(options.progress());
        hub = WatchHub.start(catalog, ticker, scheduler, settings, expiries::confirmed);
        expiries.listen(hub::confirm);
        upkeep = Upkeep.start(store, catalog, ticker, scheduler, options.lease());
        Sessions sessions =
                new Sessions(store, catalog, ticker, Following::id, new Rhythm(options.lease(), options.progress()));
        sessionEndpoints = new SessionEndpoints(sessions, hub);
        watchEndpoint = new WatchEndpoint(catalog, hub, writers);
        clientsEndpoint = new ClientsEndpoint(catalog, sessions, hub, ticker);
    }

    private static String id() {
        byte[] bytes = new byte[ID_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static ExecutorService writers() {
        AtomicInteger number = new AtomicInteger();
        int threads = Math.min(MOST_WRITERS, Runtime.getRuntime().availableProcessors());
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "tulle-stream-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    void addTo(JavalinConfig config) {
        sessionEndpoints.addTo(config);
        watchEndpoint.addTo(config);
        clientsEndpoint.addTo(config);
    }

    void bind(MeterRegistry meters, Catalog catalog) {
        Gauge.builder(
                        "tulle.registry.sessions",
                        catalog,
                        known -> known.sessions().size())
                .description("Sessions of processes")
                .register(meters);
        Gauge.builder("tulle.registry.watchers", hub, WatchHub::watchers)
                .description("Open streams")
                .register(meters);
        Gauge.builder("tulle.registry.watch.queued", hub, WatchHub::queued)
                .description("Lines that wait to be written")
                .register(meters);
        FunctionCounter.builder("tulle.registry.watch.coalesced", hub, WatchHub::coalesced)
                .description("Queues that were replaced by a snapshot because their stream was slow")
                .register(meters);
        FunctionCounter.builder("tulle.registry.watch.repeated", hub, WatchHub::repeated)
                .description(
                        "Snapshots that were sent again because a process had not acknowledged a change for a lease")
                .register(meters);
        FunctionCounter.builder("tulle.registry.watch.cut", hub, WatchHub::cut)
                .description("Streams that were closed because they took nothing")
                .register(meters);
    }

    /** Ends every stream. */
    void endStreams() {
        hub.close();
    }

    @Override
    public void close() {
        hub.close();
        upkeep.close();
        writers.shutdown();
    }
}
