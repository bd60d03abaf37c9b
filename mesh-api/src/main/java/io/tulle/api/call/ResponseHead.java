package io.tulle.api.call;

import io.tulle.api.time.Instants;

/** Status and the few header facts of a response that the engine reads. Implemented by drivers over their own response type. */
public interface ResponseHead {
    /** Returns the HTTP status (100 to 599), or for gRPC the HTTP status that stands for the gRPC code. */
    int status();

    /**
     * Returns how long the server asks us to wait before another attempt ({@code Retry-After}, {@code grpc-retry-pushback-ms}), in nanoseconds;
     * -1 if it says nothing, {@link Instants#NEVER} if it asks not to be retried at all.
     */
    long pushBackNanos();

    /** Returns whether the server says that it has refused the request before acting on it ({@link MeshHeaders#REFUSED}). */
    default boolean refused() {
        return false;
    }

    /**
     * Returns how much of the time that the attempt took was spent on a connection of its own, TLS handshake included, in nanoseconds; 0 when one was there.
     * It is not held against the endpoint: those that come later find the connection.
     */
    default long connectNanos() {
        return 0;
    }
}
