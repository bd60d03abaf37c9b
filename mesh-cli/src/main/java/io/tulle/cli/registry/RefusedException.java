package io.tulle.cli.registry;

import io.tulle.api.MeshException;
import io.tulle.cli.text.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** The registry has refused a request, with a problem (RFC 9457). Its message has one printable line per field, or one in all. */
public final class RefusedException extends MeshException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<Field> fields;

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
        super(message(status, problem));
        this.status = status;
        this.code = problem.at("code").text();
        this.fields = fields(problem);
    }

    /** Returns the status of HTTP. */
    public int status() {
        return status;
    }

    /** Returns the stable name of the problem. */
    public String code() {
        return code;
    }

    /** Returns what is wrong with which part of the request; may be empty. */
    public List<Field> fields() {
        return fields;
    }

    private static List<Field> fields(Json problem) {
        return problem.at("problems").items().stream()
                .map(field ->
                        new Field(field.at("pointer").text(), field.at("detail").text()))
                .toList();
    }

    private static String message(int status, Json problem) {
        List<Field> fields = fields(problem);
        if (!fields.isEmpty()) {
            return fields.stream().map(Field::toString).collect(Collectors.joining("\n"));
        }
        String detail = problem.at("detail").text();
        String code = problem.at("code").text();
        return Printable.line((detail.isEmpty() ? problem.at("title").text() : detail) + " (" + status
                + (code.isEmpty() ? "" : " " + code) + ")");
    }
}
