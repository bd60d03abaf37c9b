package io.tulle.http.server;

import io.tulle.api.call.Denial;
import io.tulle.api.call.MeshHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The answer to a request that is refused: a problem (RFC 9457), as the registry gives them. */
record Refusal(String service, Denial denial) {
    Map<String, String> headers() {
        return Map.of(
                MeshHeaders.REFUSED,
                denial.reason(),
                "Content-Type",
                "application/problem+json",
                "Cache-Control",
                "no-store");
    }

    /** Nothing in it needs escaping: a service's name is made of lower-case letters, digits and '-'. */
    byte[] body() {
        String text = "{\"type\":\"about:blank\",\"title\":\"" + title() + "\",\"status\":" + denial.status()
                + ",\"code\":\"" + denial.reason() + "\",\"detail\":\"" + service + ": " + denial.detail() + "\"}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String title() {
        return switch (denial) {
            case EXPIRED -> "Gateway Timeout";
            case OVERLOADED -> "Service Unavailable";
        };
    }
}
