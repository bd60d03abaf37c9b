package io.tulle.proofs.planted;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a registry and its watchers and spoils every stream with a bug. Thread-safe. */
final class StreamProxy implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final URI registry;
    private final PlantedBug bug;
    private final AtomicLong seeds;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private StreamProxy(URI registry, PlantedBug bug, long seed) throws IOException {
        this.registry = registry;
        this.bug = bug;
        seeds = new AtomicLong(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/watch", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Starts a proxy. */
    static StreamProxy to(URI registry, PlantedBug bug, long seed) throws IOException {
        return new StreamProxy(registry, bug, seed);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        HttpURLConnection upstream =
                (HttpURLConnection) registry.resolve(path).toURL().openConnection();
        upstream.setConnectTimeout(PATIENCE_MILLIS);
        upstream.setReadTimeout(PATIENCE_MILLIS);
        try (exchange) {
            int status = upstream.getResponseCode();
            if (status == 200) {
                exchange.sendResponseHeaders(200, 0);
                relay(upstream, exchange.getResponseBody(), path.contains("since="));
            } else {
                exchange.sendResponseHeaders(status, -1);
            }
        } finally {
            upstream.disconnect();
        }
    }

    private void relay(HttpURLConnection upstream, OutputStream out, boolean resumed) throws IOException {
        LineFilter filter = new LineFilter(bug, new Random(seeds.getAndIncrement()), resumed);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(upstream.getInputStream(), StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            for (String sent : filter.accept(line)) {
                out.write((sent + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
