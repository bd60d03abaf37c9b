package io.tulle.benchmarks.micro;

import io.tulle.api.call.RequestHead;
import java.util.List;

/** The request of every call: a GET with the headers that a client usually sends. */
record Request(String path, List<String> names, List<String> values) implements RequestHead {
    static final RequestHead BOOK = new Request(
            Fixture.PATH,
            List.of("accept", "accept-encoding", "user-agent", "traceparent"),
            List.of("application/json", "gzip", "bench/1", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

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
