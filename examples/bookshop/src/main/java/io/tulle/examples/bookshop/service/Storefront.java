package io.tulle.examples.bookshop.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shop's front: {@code GET /page/<n>} asks catalog, reviews and ratings about a book at the same time and answers 200 when all did, else 502 with the
 * reason. {@code GET /_stats} says how its calls fare. Thread-safe.
 */
public final class Storefront {
    private static final int MOST_THREADS = 512;
    private static final int WARM_UP_PAGES = 30;
    private static final int WARM_UP_VISITORS = 8;

    private final HttpServer server;
    private final BookClient books;
    private final CallStats stats;
    private final LongAdder served = new LongAdder();
    private final JsonMapper json = JsonMapper.builder().build();
    private final ExecutorService pages = threads();
    private final ExecutorService second = threads();

    private Storefront(HttpServer server, BookClient books, CallStats stats) {
        this.server = server;
        this.books = books;
        this.stats = stats;
        server.setExecutor(pages);
        server.createContext("/page/", this::page);
        server.createContext("/_stats", this::stats);
    }

    /** Starts a storefront on a free port of the loopback address. */
    public static Storefront start(BookClient books, CallStats stats) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Storefront storefront = new Storefront(HttpServer.create(address, 0), books, stats);
        storefront.server.start();
        return storefront;
    }

    /** Returns the port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Asks itself for pages, first one after the other and then several at a time, until calls to the other services are warm and connected, too. */
    public void warmUp() throws IOException {
        warmUpOnce();
        CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(this::visit, second))
                        .limit(WARM_UP_VISITORS)
                        .toArray(CompletableFuture[]::new))
                .join();
        served.reset();
    }

    private void visit() {
        try {
            warmUpOnce();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private void warmUpOnce() throws IOException {
        WarmUp.call(port(), "/page/0", WARM_UP_PAGES, null);
    }

    /** Stops. */
    public void stop() {
        server.stop(0);
        pages.shutdown();
        second.shutdown();
        books.close();
    }

    private void page(HttpExchange exchange) {
        String book = exchange.getRequestURI().getPath().substring("/page/".length());
        try {
            CompletableFuture<String> reviews = CompletableFuture.supplyAsync(() -> ask("reviews", book), second);
            CompletableFuture<String> ratings = CompletableFuture.supplyAsync(() -> ask("ratings", book), second);
            String catalog = ask("catalog", book);
            Answers.json(
                    exchange,
                    "{\"catalog\":" + catalog + ",\"reviews\":" + reviews.join() + ",\"ratings\":" + ratings.join()
                            + "}");
            served.increment();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            Answers.send(exchange, 502, "text/plain", String.valueOf(cause.getMessage()));
        }
    }

    private void stats(HttpExchange exchange) {
        StorefrontStats now = stats.read(served.sum(), books);
        Answers.json(exchange, json.writeValueAsString(now));
    }

    private String ask(String service, String book) {
        try {
            return books.book(service, book);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** As many threads as there are calls waiting: what waits here is what an open loop sends while something is stuck. */
    private static ExecutorService threads() {
        return new ThreadPoolExecutor(16, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>());
    }
}
