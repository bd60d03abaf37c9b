package io.tulle.registry.http;

import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import io.tulle.registry.store.ReadOnlyStoreException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says as a problem what an exception or a status of the server below means. Stateless. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Map<Integer, String> CODES = Map.of(
            400, "malformed-request",
            404, "not-found",
            405, "method-not-allowed",
            413, "body-too-large",
            414, "path-too-long",
            415, "unsupported-media-type",
            421, "unknown-host",
            431, "headers-too-large",
            503, "not-ready");

    private Problems() {}

    /** Returns the problem for whatever a handler threw; what nobody expected is logged under the id that the problem names. */
    static ProblemException of(Throwable failure, String request) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            ProblemException known = known(cause);
            if (known != null) {
                return known;
            }
        }
        String id = UUID.randomUUID().toString();
        LOG.error("{} failed; the answer says {}", request, id, failure);
        return new ProblemException(
                500, "internal-error", "something unexpected happened; the registry's log says what, under " + id);
    }

    private static @Nullable ProblemException known(Throwable cause) {
        if (cause instanceof ProblemException problem) {
            return problem;
        } else if (cause instanceof ReadOnlyStoreException full) {
            return new ProblemException(503, "read-only", String.valueOf(full.getMessage()));
        } else if (cause instanceof ContentTooLargeResponse) {
            return ofStatus(413, null);
        } else if (cause instanceof MethodNotAllowedResponse refused) {
            return methodNotAllowed(refused);
        } else if (cause instanceof NotFoundResponse) {
            return ofStatus(404, null);
        } else if (cause instanceof HttpResponseException answer) {
            return ofStatus(answer.getStatus(), answer.getMessage());
        } else if (cause instanceof EofException) {
            return new ProblemException(400, "malformed-request", "the connection was closed before the end");
        } else if (cause instanceof HttpException broken) {
            return ofStatus(broken.getCode(), broken.getReason());
        }
        return null;
    }

    private static ProblemException methodNotAllowed(MethodNotAllowedResponse refused) {
        String allowed = refused.getDetails().values().stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(String::trim)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return new ProblemException(
                405,
                "method-not-allowed",
                "this method is not for this path (expected: " + allowed + ")",
                List.of(),
                allowed.isEmpty() ? Map.of() : Map.of("Allow", allowed));
    }

    /** Returns the problem that a status of the server below means. */
    static ProblemException ofStatus(int status, @Nullable String reason) {
        String code = CODES.getOrDefault(status, status >= 500 ? "internal-error" : "malformed-request");
        return new ProblemException(status, code, detail(status, reason));
    }

    private static String detail(int status, @Nullable String reason) {
        return switch (status) {
            case 404 -> "nothing is at this path (expected: one of those at /api/docs)";
            case 413 -> "the body is larger than " + HttpLimits.DEFAULT.body() + " bytes: send less, or in parts";
            case 414, 431 ->
                "the request line or the headers are larger than " + HttpLimits.DEFAULT.headers() + " bytes: send less";
            case 503 -> "the registry is starting or stopping: try again";
            default ->
                reason == null ? "the request is not valid HTTP" : "not valid HTTP: " + reason.toLowerCase(Locale.ROOT);
        };
    }
}
