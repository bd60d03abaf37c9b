package io.tulle.api.call;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, as facts. {@code error} is null when a complete response (head, body, trailers) was received.
 *
 * @param error what went wrong on the wire, or null
 * @param processed whether the server may have acted on the request
 * @param bytes response body bytes seen by the driver, at least 0
 * @param connectionReused whether the attempt ran on a connection that had served another before
 */
public record Outcome(@Nullable TransportError error, Processed processed, long bytes, boolean connectionReused) {
    /** A complete response on any connection, for drivers that do not count bytes. */
    public static final Outcome COMPLETE = new Outcome(null, Processed.YES, 0, true);

    /** Nothing was sent: the pick failed or the attempt was cancelled first. */
    public static final Outcome NOT_SENT = new Outcome(TransportError.CANCELLED, Processed.NO, 0, false);

    /** Returns an outcome for a wire error with no body bytes seen. */
    public static Outcome failed(TransportError error, Processed processed) {
        return new Outcome(error, processed, 0, false);
    }
}
