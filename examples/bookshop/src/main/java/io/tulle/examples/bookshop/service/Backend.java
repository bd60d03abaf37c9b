package io.tulle.examples.bookshop.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One instance of catalog or reviews. {@code GET /books/<n>} answers after a {@link ServiceTime}; {@code GET /_stats} says how many requests came;
 * {@code POST /_fault} breaks it. Thread-safe.
 */
public final class Backend {
    private static final int WARM_UP_CALLS = 200;

    private final String name;
    private final HttpServer server;
    private final ScheduledExecutorService delays = Executors.newScheduledThreadPool(2);
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong abandoned = new AtomicLong();
    private volatile Fault fault = Fault.NONE;

    private Backend(String name, HttpServer server) {
        this.name = name;
        this.server = server;
        server.createContext("/books/", this::book);
        server.createContext("/_warm", exchange -> Answers.json(exchange, "{}"));
        server.createContext("/_stats", this::stats);
        server.createContext("/_fault", this::fault);
    }

    /**
     * Starts an instance on the loopback address.
     *
     * @param port 0 for any free one
     */
    public static Backend start(String name, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Backend backend = new Backend(name, HttpServer.create(address, 0));
        backend.server.start();
        return backend;
    }

    /** Returns the port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Answers requests to itself until the code behind them is warm: a service that reports ready should be. */
    public void warmUp() throws IOException {
        WarmUp.call(port(), "/_warm", WARM_UP_CALLS);
    }

    /** Stops taking requests and gives those in flight a second. */
    public void stop() {
        server.stop(1);
        delays.shutdown();
    }

    private void book(HttpExchange exchange) {
        requests.incrementAndGet();
        Fault current = fault;
        if (current == Fault.FAIL) {
            Answers.send(exchange, 503, "text/plain", name + " is out of order");
        } else if (current != Fault.SWALLOW) {
            inFlight.incrementAndGet();
            long nanos = ServiceTime.nanos(ThreadLocalRandom.current().nextDouble(), current);
            ScheduledFuture<?> unused = delays.schedule(() -> answer(exchange), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void answer(HttpExchange exchange) {
        try {
            String book = exchange.getRequestURI().getPath().substring("/books/".length());
            Answers.json(exchange, "{\"from\":\"" + name + "\",\"book\":\"" + book + "\"}");
        } catch (UncheckedIOException e) {
            abandoned.incrementAndGet();
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private void stats(HttpExchange exchange) {
        Answers.json(
                exchange,
                "{\"requests\":" + requests + ",\"inFlight\":" + inFlight + ",\"abandoned\":" + abandoned + "}");
    }

    private void fault(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            fault = Fault.of(text);
            Answers.send(exchange, 204, "text/plain", "");
        } catch (IllegalArgumentException e) {
            Answers.send(
                    exchange, 400, "text/plain", "fault: '" + text + "' (expected: none, fail, slow10x or swallow)");
        }
    }
}
