package io.tulle.api.call;

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
     * Response (gRPC: trailer): why the server has refused the request before acting on it, such as {@code overloaded}. Such a request may be sent again whether or not
     * it is idempotent.
     */
    public static final String REFUSED = "x-mesh-refused";

    /** W3C Trace Context. */
    public static final String TRACEPARENT = "traceparent";

    /** W3C Trace Context. */
    public static final String TRACESTATE = "tracestate";

    /** W3C Baggage. */
    public static final String BAGGAGE = "baggage";

    private MeshHeaders() {}
}
