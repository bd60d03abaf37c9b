package io.tulle.examples.bookshop.service;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes answers of the JDK's HTTP server. */
final class Answers {
    private Answers() {}

    /** Sends a complete answer and ends the exchange, on whichever thread it is called. */
    static void send(HttpExchange exchange, int status, String type, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the caller has gone", e);
        }
    }

    /** Returns what an instance says about a book. */
    static String about(String book, String instance) {
        return "{\"from\":\"" + instance + "\",\"book\":\"" + book + "\"}";
    }

    /** Sends JSON with status 200. */
    static void json(HttpExchange exchange, String text) {
        send(exchange, 200, "application/json", text);
    }
}
