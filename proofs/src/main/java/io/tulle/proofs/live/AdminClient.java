package io.tulle.proofs.live;

import io.tulle.api.resource.Default;
import io.tulle.api.resource.Kind;
import io.tulle.client.codec.JsonRecords;
import io.tulle.proofs.history.Entry;
import io.tulle.proofs.history.Read;
import io.tulle.proofs.history.Write;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Writes and reads resources over HTTP. Thread-safe. */
public final class AdminClient {
    /** The namespace of everything that is written here. */
    public static final String NAMESPACE = "proof";

    /** The label that carries the id of the write. */
    static final String STAMP = "stamp";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI registry;
    private final LongSupplier nanos;

    /** Creates a client; {@code nanos} is the clock of the history. */
    public AdminClient(URI registry, LongSupplier nanos) {
        this.registry = registry;
        this.nanos = nanos;
    }

    /**
     * What came back for a request.
     *
     * @param status of HTTP; 0 when it was never sent, -1 when it was and nothing came back
     * @param revision that the answer names, or 0
     * @param body of the answer
     */
    public record Answer(int status, long revision, String body) {
        /** Returns whether the request was never sent. */
        public boolean unsent() {
            return status == 0;
        }

        /** Returns what the answer means for a write. */
        public Write.Result result() {
            boolean done = status == 200 || status == 201;
            boolean refused = status >= 400 && status < 500 || status == 503;
            return done ? Write.Result.ACKED : refused ? Write.Result.REFUSED : Write.Result.UNKNOWN;
        }
    }

    /** Writes, by the request that fits: one key alone, several by {@code apply}. */
    public Answer write(String id, List<Write.Part> parts) throws InterruptedException {
        if (parts.size() > 1) {
            String body = parts.stream().map(part -> json(id, part)).collect(Collectors.joining(",", "[", "]"));
            return send(request("/api/v1/apply")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
        }
        Write.Part part = parts.get(0);
        HttpRequest.Builder request = request(path(part));
        return part.delete()
                ? send(request.DELETE())
                : send(request.header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(json(id, part))));
    }

    /** Reads all resources of a kind, such as {@code Service}. */
    public Read read(String reader, String kind) throws IOException, InterruptedException {
        long start = nanos.getAsLong();
        Answer answer = send(request("/api/v1/namespaces/" + NAMESPACE + "/" + plural(kind) + "?limit=500")
                .GET());
        if (answer.status() != 200) {
            throw new IOException(
                    "the list of " + plural(kind) + " is answered " + answer.status() + ": " + answer.body());
        }
        Listed listed = JsonRecords.read(Listed.class, "list", answer.body());
        List<Entry> entries = listed.items().stream().map(RawResource::entry).toList();
        return new Read(reader, start, nanos.getAsLong(), kind + " ", listed.revision(), entries);
    }

    /** Sends {@code GET path}. */
    public Answer get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    /** The body of a list, as far as it matters here. */
    public record Listed(long revision, List<RawResource> items) {}

    /** The answer to an {@code apply}, as far as it matters here. */
    public record Applied(@Default("0") long revision) {}

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(registry.resolve(path)).timeout(TIMEOUT);
    }

    private Answer send(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), revision(response), response.body());
        } catch (ConnectException | java.net.http.HttpConnectTimeoutException e) {
            return new Answer(0, 0, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Answer(-1, 0, String.valueOf(e.getMessage()));
        }
    }

    /** The revision of a write; 0 for anything else. */
    private static long revision(HttpResponse<String> response) {
        String method = response.request().method();
        if (response.statusCode() > 201 || method.equals("GET")) {
            return 0;
        } else if (method.equals("POST")) {
            return JsonRecords.read(Applied.class, "answer", response.body()).revision();
        }
        return response.headers()
                .firstValue("Mesh-Revision")
                .map(Long::parseLong)
                .orElseThrow(() -> new IllegalStateException(
                        method + " " + response.uri() + ": the answer names no Mesh-Revision"));
    }

    private static String path(Write.Part part) {
        String kind = part.key().substring(0, part.key().indexOf(' '));
        return "/api/v1/namespaces/" + NAMESPACE + "/" + plural(kind) + "/" + name(part);
    }

    private static String plural(String title) {
        Kind kind = Kind.ofTitle(title);
        if (kind == null) {
            throw new IllegalArgumentException("kind '" + title + "' (expected: one that resources have)");
        }
        return kind.plural();
    }

    private static String name(Write.Part part) {
        return part.key().substring(part.key().indexOf('/') + 1);
    }

    private static String json(String id, Write.Part part) {
        String kind = part.key().substring(0, part.key().indexOf(' '));
        String spec = kind.equals("Service") ? "" : ",\"spec\":{\"service\":\"" + name(part) + "\"}";
        return "{\"kind\":\"" + kind + "\",\"metadata\":{\"namespace\":\"" + NAMESPACE + "\",\"name\":\"" + name(part)
                + "\",\"labels\":{\"" + STAMP + "\":\"" + id + "\"}}" + spec + "}";
    }
}
