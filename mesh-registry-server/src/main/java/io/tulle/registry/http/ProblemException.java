package io.tulle.registry.http;

import io.tulle.api.MeshException;
import java.util.List;
import java.util.Map;

/** A request that is answered with a problem (RFC 9457, {@code application/problem+json}). */
public final class ProblemException extends MeshException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<Field> fields;
    private final transient Map<String, String> headers;

    /**
     * What is wrong at one place of the request.
     *
     * @param pointer the field as a JSON pointer (RFC 6901) from the root of the body; or {@code query/<name>}, {@code header/<name>}, {@code path/<name>}
     * @param detail what was found and what was expected
     */
    public record Field(String pointer, String detail) {}

    /**
     * Creates the exception.
     *
     * @param status of HTTP
     * @param code stable name of the problem, such as {@code invalid-resource}: docs/registry-protocol.md lists all
     * @param detail one sentence: what was found, what was expected, what to do
     */
    public ProblemException(int status, String code, String detail) {
        this(status, code, detail, List.of(), Map.of());
    }

    /** Creates the exception with places and headers of the answer. */
    public ProblemException(int status, String code, String detail, List<Field> fields, Map<String, String> headers) {
        super(detail);
        this.status = status;
        this.code = code;
        this.fields = List.copyOf(fields);
        this.headers = Map.copyOf(headers);
    }

    /** Returns the status of HTTP. */
    public int status() {
        return status;
    }

    /** Returns the stable name of the problem. */
    public String code() {
        return code;
    }

    /** Returns what is wrong with which part of the request. */
    public List<Field> fields() {
        return fields;
    }

    /** Returns headers that the answer carries. */
    public Map<String, String> headers() {
        return headers;
    }
}
