package io.tulle.cli.registry;

import io.tulle.api.MeshException;
import io.tulle.cli.text.Printable;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The registry has refused a request, with a problem (RFC 9457). Its message is printable: a line for each field that is not valid, or else what is in the way.
 */
public final class RefusedException extends MeshException {
    private static final long serialVersionUID = 1L;

    private final transient Json problem;
    private final int status;
    private final String code;

    /**
     * What is wrong at one place of the request.
     *
     * @param pointer a JSON pointer into the body, or {@code query/<name>} and the like
     * @param detail what was found and what was expected
     */
    public record Field(String pointer, String detail) {
        @Override
        public String toString() {
            return Printable.line(pointer.isEmpty() ? detail : pointer + ": " + detail);
        }
    }

    RefusedException(int status, Json problem) {
        super(message(status, problem, Field::toString));
        this.problem = problem;
        this.status = status;
        this.code = problem.at("code").text();
    }

    /** Returns the stable name of the problem. */
    public String code() {
        return code;
    }

    /** Returns the message with other words for its fields. */
    public String message(Function<Field, String> words) {
        return message(status, problem, words);
    }

    private static List<Field> fields(Json problem) {
        return problem.at("problems").items().stream()
                .map(field ->
                        new Field(field.at("pointer").text(), field.at("detail").text()))
                .toList();
    }

    private static String message(int status, Json problem, Function<Field, String> words) {
        List<Field> fields = fields(problem);
        String lines = fields.stream().map(words).collect(Collectors.joining("\n"));
        boolean invalid = status == 400 || status == 422;
        if (invalid && !fields.isEmpty()) {
            return lines;
        }
        String detail = problem.at("detail").text();
        String code = problem.at("code").text();
        String first = Printable.line((detail.isEmpty() ? problem.at("title").text() : detail) + " (" + status
                + (code.isEmpty() ? "" : " " + code) + ")");
        return fields.size() > 1 ? first + "\n" + lines : first;
    }
}
