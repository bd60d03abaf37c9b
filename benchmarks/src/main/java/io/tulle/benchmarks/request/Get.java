package io.tulle.benchmarks.request;

import io.tulle.api.call.RequestHead;
import java.util.List;

/**
 * A GET, which may be repeated.
 *
 * @param path that it asks for
 * @param names of its headers
 * @param values of the headers, in the same order
 */
public record Get(String path, List<String> names, List<String> values) implements RequestHead {
    /** Asks for the root, without headers. */
    public static final Get ROOT = new Get("/", List.of(), List.of());

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public int headerCount() {
        return names.size();
    }

    @Override
    public String headerName(int index) {
        return names.get(index);
    }

    @Override
    public String headerValue(int index) {
        return values.get(index);
    }

    @Override
    public boolean idempotent() {
        return true;
    }

    @Override
    public boolean replayable() {
        return true;
    }
}
