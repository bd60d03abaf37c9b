package io.tulle.examples.bookshop.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** The port at which the demo looks after a backend: {@code GET /_stats} says how many requests came; {@code POST /_fault} breaks it. Thread-safe. */
final class AdminPort {
    private final HttpServer server;
    private final Supplier<BackendStats> stats;
    private final Consumer<Fault> faults;
    private final JsonMapper json = JsonMapper.builder().build();

    private AdminPort(HttpServer server, Supplier<BackendStats> stats, Consumer<Fault> faults) {
        this.server = server;
        this.stats = stats;
        this.faults = faults;
        server.createContext("/_stats", exchange -> Answers.json(exchange, json.writeValueAsString(this.stats.get())));
        server.createContext("/_fault", this::fault);
    }

    /** Opens one on a free port of the loopback address, in plain text: it is not part of the mesh. */
    static AdminPort open(Supplier<BackendStats> stats, Consumer<Fault> faults) throws IOException {
        AdminPort admin = new AdminPort(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), stats, faults);
        admin.server.start();
        return admin;
    }

    int port() {
        return server.getAddress().getPort();
    }

    void close() {
        server.stop(0);
    }

    private void fault(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            faults.accept(Fault.of(text));
            Answers.send(exchange, 204, "text/plain", "");
        } catch (IllegalArgumentException e) {
            Answers.send(
                    exchange, 400, "text/plain", "fault: '" + text + "' (expected: none, fail, slow10x or swallow)");
        }
    }
}
