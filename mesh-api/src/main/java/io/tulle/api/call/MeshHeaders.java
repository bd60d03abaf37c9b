package io.tulle.api.call;

import io.tulle.api.time.Instants;
import org.jspecify.annotations.Nullable;

/** The headers (in gRPC: metadata keys) that mesh peers say things to each other by. All in lower case, as HTTP/2 has them. */
public final class MeshHeaders {
    /** Request: how many milliseconds the caller waits from now on, 1 or more. A span and not an instant, because clocks differ. gRPC has {@code grpc-timeout}. */
    public static final String TIMEOUT_MS = "x-mesh-timeout-ms";

    /** Request: which attempt of its call this is; absent means 1. */
    public static final String ATTEMPT = "x-mesh-attempt";

    /** Response (gRPC: trailer): {@link #NEVER} when a failure was retried below and should not be retried again. */
    public static final String RETRY = "x-mesh-retry";

    /** The value of {@link #RETRY}. */
    public static final String NEVER = "never";

    /**
     * Response (gRPC: trailer): why the server has refused the request before acting on it, such as {@code overloaded}. Such a request may be sent again
     * whether or not it is idempotent.
     */
    public static final String REFUSED = "x-mesh-refused";

    /** W3C Trace Context. */
    public static final String TRACEPARENT = "traceparent";

    /** W3C Trace Context. */
    public static final String TRACESTATE = "tracestate";

    /** W3C Baggage. */
    public static final String BAGGAGE = "baggage";

    private static final int MOST_DIGITS = 12;

    private MeshHeaders() {}

    /**
     * Returns the nanoseconds that a value of {@link #TIMEOUT_MS} stands for: 0 or less when the caller no longer waits, {@link Instants#NEVER} when there is
     * no value or it is not a whole number of at most 12 digits, because a deadline that nobody set must not end a call.
     */
    public static long timeoutNanos(@Nullable String millis) {
        if (millis == null) {
            return Instants.NEVER;
        }
        boolean negative = millis.startsWith("-");
        int from = negative ? 1 : 0;
        int digits = millis.length() - from;
        if (digits < 1 || digits > MOST_DIGITS) {
            return Instants.NEVER;
        }
        long value = 0;
        for (int i = from; i < millis.length(); i++) {
            int digit = millis.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Instants.NEVER;
            }
            value = 10 * value + digit;
        }
        return (negative ? -value : value) * 1_000_000;
    }
}
