package io.tulle.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks a registry and fails the test when an answer, or a request that was accepted, is not as the contract says. Not for streams: hold their lines against
 * {@code Contract.get().problems("WatchLine", line)}. Thread-safe.
 */
public final class ContractClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI registry;

    /** Creates a client of the registry at {@code registry}. */
    public ContractClient(URI registry) {
        this.registry = registry;
    }

    /** Sends a request without a body; headers are name, value, name, value. */
    public Answer send(String method, String path, String... headers) {
        return exchange(method, path, null, headers);
    }

    /** Sends a request with a JSON body, unless {@code headers} name another content type. */
    public Answer sendBody(String method, String path, String body, String... headers) {
        return exchange(method, path, body, headers);
    }

    /** Sends GET. */
    public Answer get(String path, String... headers) {
        return send("GET", path, headers);
    }

    /** Sends PUT with a JSON body. */
    public Answer put(String path, String body, String... headers) {
        return sendBody("PUT", path, body, headers);
    }

    /** Sends POST with a JSON body. */
    public Answer post(String path, String body, String... headers) {
        return sendBody("POST", path, body, headers);
    }

    /** Sends DELETE. */
    public Answer delete(String path, String... headers) {
        return send("DELETE", path, headers);
    }

    private Answer exchange(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(registry.resolve(path)).timeout(PATIENCE);
        boolean json = body != null;
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
            json &= !headers[i].equalsIgnoreCase("Content-Type");
        }
        if (json) {
            request.header("Content-Type", "application/json");
        }
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        Answer answer = exchange(request.build());
        check(method, path, json ? body : null, answer);
        return answer;
    }

    private Answer exchange(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new AssertionError(request + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(request + " was interrupted", e);
        }
    }

    private static void check(String method, String path, @Nullable String json, Answer answer) {
        assertThat(Contract.get().problems(method, path, answer.status(), answer.header("Content-Type"), answer.body()))
                .as("%s %s answered %d: %s", method, path, answer.status(), answer.body())
                .isEmpty();
        if (json != null && answer.status() < 300) {
            assertThat(Contract.get().requestProblems(method, path, json))
                    .as("%s %s was accepted: %s", method, path, json)
                    .isEmpty();
        }
    }
}
