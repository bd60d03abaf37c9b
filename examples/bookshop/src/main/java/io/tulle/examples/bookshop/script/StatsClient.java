package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.service.BackendStats;
import io.tulle.examples.bookshop.service.Fault;
import io.tulle.examples.bookshop.service.StorefrontStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.databind.json.JsonMapper;

/** Asks the shop's processes how they are, and breaks them. Thread-safe. */
public final class StatsClient implements AutoCloseable {
    private final OkHttpClient http =
            new OkHttpClient.Builder().callTimeout(Duration.ofSeconds(10)).build();
    private final JsonMapper json = JsonMapper.builder().build();

    /** Returns a backend's numbers. */
    public BackendStats backend(int port) {
        return read(port, "_stats", BackendStats.class);
    }

    /** Returns a storefront's numbers. */
    public StorefrontStats storefront(int port) {
        return read(port, "_stats", StorefrontStats.class);
    }

    /** Returns what a process of the loopback address answers at a path; fields that {@code type} has not are left out. */
    <T> T read(int port, String path, Class<T> type) {
        return json.readValue(send(new Request.Builder().url(url(port, path))), type);
    }

    /** Breaks a backend, or heals it. */
    public void fault(int port, Fault fault) {
        RequestBody body = RequestBody.create(fault.text().getBytes(StandardCharsets.UTF_8));
        send(new Request.Builder().url(url(port, "_fault")).post(body));
    }

    private String send(Request.Builder builder) {
        Request request = builder.build();
        try (Response response = http.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new IllegalStateException(request.url() + ": status " + response.code() + " (expected: 2xx)");
            }
            return response.body().string();
        } catch (IOException e) {
            throw new UncheckedIOException(request.url() + ": " + e.getMessage(), e);
        }
    }

    private static String url(int port, String path) {
        return "http://127.0.0.1:" + port + "/" + path;
    }

    @Override
    public void close() {
        http.connectionPool().evictAll();
    }
}
