package io.tulle.registry.http;

import io.tulle.client.codec.JsonRecords;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The body of an answer that says what is wrong (RFC 9457).
 *
 * @param type always {@code about:blank}: {@code code} says which problem it is
 * @param title the words for the status
 * @param status of HTTP
 * @param code stable name of the problem
 * @param detail one sentence: what was found, what was expected, what to do
 * @param problems what is wrong where; empty when it is about the request as a whole
 */
public record Problem(
        String type, String title, int status, String code, String detail, List<ProblemException.Field> problems) {
    static final String CONTENT_TYPE = "application/problem+json";

    static Problem of(ProblemException problem) {
        return new Problem(
                "about:blank",
                HttpStatus.getMessage(problem.status()),
                problem.status(),
                problem.code(),
                String.valueOf(problem.getMessage()),
                problem.fields());
    }

    byte[] bytes() {
        return JsonRecords.write(this).getBytes(StandardCharsets.UTF_8);
    }
}
