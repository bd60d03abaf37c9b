package io.tulle.proofs.states;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tulle.client.Mesh;
import io.tulle.client.registry.Registered;
import io.tulle.client.registry.Registration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An instance of the catalog, with a session of its own. */
final class CatalogInstance implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;
    private final Mesh mesh;
    private final Registered registered;

    private CatalogInstance(HttpServer server, ExecutorService threads, Mesh mesh, Registered registered) {
        this.server = server;
        this.threads = threads;
        this.mesh = mesh;
        this.registered = registered;
    }

    static CatalogInstance start(int number, URI registry, Path state) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "states-catalog-" + number);
            thread.setDaemon(true);
            return thread;
        });
        HttpServer server = listen(threads);
        Mesh mesh = Mesh.builder()
                .service("shop/catalog")
                .registry(registry)
                .stateDir(state)
                .build();
        Registered registered = mesh.register(Registration.of(
                "catalog-" + number, "127.0.0.1", server.getAddress().getPort()));
        return new CatalogInstance(server, threads, mesh, registered);
    }

    private static HttpServer listen(ExecutorService threads) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", CatalogInstance::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("a catalog cannot listen: " + e.getMessage(), e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(
                    204, -1); // a body would be a second packet, which this server holds back for 40 ms
        }
    }

    void awaitRegistered(Duration most) throws InterruptedException {
        if (!registered.await(most)) {
            throw new IllegalStateException(registered.name() + " is not registered after " + most.toSeconds() + " s");
        }
    }

    @Override
    public void close() {
        mesh.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
