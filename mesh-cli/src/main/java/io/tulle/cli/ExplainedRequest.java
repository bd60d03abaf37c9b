package io.tulle.cli;

import io.tulle.api.call.RequestHead;
import java.util.List;
import java.util.Set;

/**
 * A request that is never sent.
 *
 * @param headers name and value of each header line
 */
record ExplainedRequest(String method, String path, List<Header> headers) implements RequestHead {
    private static final Set<String> IDEMPOTENT =
            Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"); // RFC 9110 section 9.2.2

    /** A header line. */
    record Header(String name, String value) {}

    @Override
    public int headerCount() {
        return headers.size();
    }

    @Override
    public String headerName(int index) {
        return headers.get(index).name();
    }

    @Override
    public String headerValue(int index) {
        return headers.get(index).value();
    }

    @Override
    public boolean idempotent() {
        return IDEMPOTENT.contains(method)
                || headers.stream().anyMatch(header -> header.name().equalsIgnoreCase("Idempotency-Key"));
    }

    @Override
    public boolean replayable() {
        return true;
    }
}
