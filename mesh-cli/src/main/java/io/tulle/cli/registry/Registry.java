package io.tulle.cli.registry;

import io.tulle.cli.text.Printable;
import io.tulle.client.codec.InvalidFileException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One registry's admin REST. Every request ends within {@link #PATIENCE}. Methods throw {@link RefusedException} for what the registry refuses and {@link
 * UnreachableRegistryException} when it does not answer as a registry that is ready does. Thread-safe.
 */
public final class Registry {
    /** How long an answer may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int PAGE = 500;

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** Creates the link; connects at the first request. */
    public Registry(URI base) {
        this.base = base;
    }

    /** Returns what a path holds. */
    public Json get(String path) {
        return send("GET", path, "", Map.of());
    }

    /** Returns a resource. */
    public Json get(ResourceId id) {
        return get(id.path());
    }

    /** Returns all items of a list, page by page. */
    public List<Json> list(String path, Map<String, String> query) {
        List<Json> items = new ArrayList<>();
        String next = "";
        do {
            Json page = get(path + query(query) + (query.isEmpty() ? "?" : "&") + "limit=" + PAGE
                    + (next.isEmpty() ? "" : "&continue=" + encoded(next)));
            items.addAll(page.at("items").items());
            next = page.at("continue").text();
        } while (!next.isEmpty());
        return items;
    }

    /** Sends a body, which may be empty. */
    public Json send(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                request(path).method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        HttpResponse<String> answer =
                await(http.sendAsync(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
        return content(answer.statusCode(), answer.body());
    }

    /** Opens the stream of changes. */
    public WatchStream watch(String query) {
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer =
                await(http.sendAsync(request("/api/v1/watch" + query).build(), BodyHandlers.ofPublisher()));
        if (answer.statusCode() == 200) {
            WatchStream stream = new WatchStream(base);
            answer.body().subscribe(BodySubscribers.fromLineSubscriber(stream));
            return stream;
        }
        HttpResponse.BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
        answer.body().subscribe(text);
        content(answer.statusCode(), await(text.getBody().toCompletableFuture()));
        throw notARegistry("answers " + answer.statusCode() + " to a watch", null);
    }

    /** Returns {@code ?name=value&...}, encoded; empty for no parameters. */
    public static String query(Map<String, String> parameters) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, value) -> pairs.add(name + "=" + encoded(value)));
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    /** Returns a text as it stands in a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        String root = base.toString().replaceFirst("/+$", "");
        return HttpRequest.newBuilder(URI.create(root + path)).timeout(PATIENCE);
    }

    private <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unreachable(e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new UnreachableRegistryException(base + ": interrupted while waiting for an answer", e);
        }
    }

    private UnreachableRegistryException unreachable(@Nullable Throwable cause) {
        String advice = "; start one with ./mesh registry, or name another with --registry URL or MESH_REGISTRY";
        String what;
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            what = "no registry can be reached there";
        } else if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
            what = "no answer within " + PATIENCE.toSeconds() + " s";
        } else {
            String message = cause == null ? "" : String.valueOf(cause.getMessage());
            what = "the connection failed: " + Printable.line(message);
        }
        return new UnreachableRegistryException(base + ": " + what + advice, cause);
    }

    private Json content(int status, String body) {
        Json json;
        try {
            json = body.isBlank() ? Json.NONE : Json.parse("answer", body);
        } catch (InvalidFileException e) {
            throw notARegistry("answers " + status + " with something else than JSON", e);
        }
        if (status < 300) {
            return json;
        } else if (!json.at("code").exists()) {
            throw notARegistry("answers " + status + " without saying why", null);
        }
        RefusedException refused = new RefusedException(status, json);
        if (status >= 500) {
            throw new UnreachableRegistryException(base + ": " + refused.getMessage(), refused);
        }
        throw refused;
    }

    private UnreachableRegistryException notARegistry(String what, @Nullable Throwable cause) {
        return new UnreachableRegistryException(
                base + ": " + what + ": this is no registry; name another with --registry URL or MESH_REGISTRY", cause);
    }

    /** Returns where the registry is. */
    @Override
    public String toString() {
        return base.toString();
    }
}
