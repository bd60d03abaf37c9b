package io.tulle.benchmarks.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Requests to a registry; anything but success is an exception. */
final class Rest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI registry;

    Rest(URI registry) {
        this.registry = registry;
    }

    void post(String path, String json) {
        send(HttpRequest.newBuilder(registry.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    void put(String path, String json) {
        send(HttpRequest.newBuilder(registry.resolve(path)).PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    private void send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(
                    request.header("Content-Type", "application/json")
                            .timeout(TIMEOUT)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        response.request().uri() + " answered " + response.statusCode() + ": " + response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(registry + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + registry, e);
        }
    }
}
