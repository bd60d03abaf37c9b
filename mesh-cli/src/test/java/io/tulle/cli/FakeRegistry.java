package io.tulle.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers as it is told, on a real socket, and remembers what it was asked. Everything else is {@code not-found}. */
final class FakeRegistry implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, List<Answer>> answers = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private record Answer(int status, String body) {}

    FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers {@code METHOD path?query}; what is told later for the same comes after what was told before, the last one for ever. */
    FakeRegistry on(String request, int status, String body) {
        answers.computeIfAbsent(request, key -> new ArrayList<>()).add(new Answer(status, body));
        return this;
    }

    /** Answers a list without further pages. */
    FakeRegistry list(String path, String... items) {
        return on("GET " + path, 200, "{\"revision\": 9, \"items\": [" + String.join(",", items) + "]}");
    }

    /** Returns {@code METHOD path?query [header] body} of each request. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String match = header(exchange, "If-Match") + header(exchange, "If-None-Match");
        asked.add((request + match + " " + body).strip());
        List<Answer> told = answers.get(request);
        Answer answer = told == null
                ? new Answer(
                        404,
                        "{\"title\": \"Not Found\", \"code\": \"not-found\", \"detail\": \"" + request
                                + ": is not there\"}")
                : told.size() > 1 ? told.remove(0) : told.get(0);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : " " + name + ": " + value;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
