package io.tulle.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.client.codec.JsonRecords;
import io.tulle.client.wire.WatchLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A stream as a process reads it, over a real socket. */
final class WatchStream implements AutoCloseable {
    private static final String END = "";
    private static final int MOST_MARKS = 200;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private long seen;

    private WatchStream(HttpResponse<InputStream> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "watch-stream");
        reader.setDaemon(true);
        reader.start();
    }

    static WatchStream open(URI registry, String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(registry.resolve("/api/v1/watch?" + query))
                .build();
        return new WatchStream(HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream()));
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | RuntimeException e) {
            lines.add(END);
            return;
        }
        lines.add(END);
    }

    int status() {
        return response.statusCode();
    }

    String contentType() {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    /** Returns the next line of a type, passing over progress marks unless they are wanted. */
    WatchLine next(WatchLine.Type type) throws InterruptedException {
        WatchLine line = line();
        for (int marks = 0; line.type() == WatchLine.Type.PROGRESS && type != WatchLine.Type.PROGRESS; marks++) {
            assertThat(marks).as("marks before a line of " + type).isLessThan(MOST_MARKS);
            line = line();
        }
        assertThat(line.type()).isEqualTo(type);
        return line;
    }

    /** Reads the next line, whatever it is. */
    void nextOfAny() throws InterruptedException {
        seen = line().revision();
    }

    /** Returns the revision of the line that {@link #nextOfAny} has read last. */
    long seen() {
        return seen;
    }

    private WatchLine line() throws InterruptedException {
        String json = lines.poll(10, TimeUnit.SECONDS);
        assertThat(json).as("a line").isNotNull().isNotEqualTo(END);
        return JsonRecords.read(WatchLine.class, "line", json);
    }

    /** Waits until the stream has ended. */
    void ends() throws InterruptedException {
        String json = lines.poll(10, TimeUnit.SECONDS);
        while (json != null && !json.equals(END)) {
            json = lines.poll(10, TimeUnit.SECONDS);
        }
        assertThat(json).as("the end of the stream").isEqualTo(END);
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
