package io.tulle.testing;

import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the wire does with one attempt, in virtual time from the moment it is sent. Make one with {@link #respond}, {@link #fail}, {@link #swallow} or
 * {@link #hang} and refine it with the {@code with} methods.
 *
 * @param status the response's status; 0 when no head arrives
 * @param headAfter when the head arrives, or without one when {@code error} strikes; at least 0
 * @param bodyTakes how long the body takes from the head to its end, at least 0
 * @param error what ends the attempt instead of a head or, with one, instead of the rest of the body; null for a good end, or without a head for none
 * @param processed whether the server may have acted on an attempt without a head
 * @param pushBackNanos as {@link io.tulle.api.call.ResponseHead#pushBackNanos}
 * @param location the {@code Location} header, or null
 * @param interim whether a 103 arrives half-way to the head
 * @param deaf whether a cancellation before the head comes too late: the head arrives all the same
 */
public record Reply(
        int status,
        Duration headAfter,
        Duration bodyTakes,
        @Nullable TransportError error,
        Processed processed,
        long pushBackNanos,
        @Nullable String location,
        boolean interim,
        boolean deaf) {
    /** A complete response. */
    public static Reply respond(int status, Duration headAfter, Duration bodyTakes) {
        return new Reply(status, headAfter, bodyTakes, null, Processed.YES, -1, null, false, false);
    }

    /** No response, but an error after a while. */
    public static Reply fail(TransportError error, Processed processed, Duration after) {
        return new Reply(0, after, Duration.ZERO, error, processed, -1, null, false, false);
    }

    /** The request is sent and nothing ever comes back. */
    public static Reply swallow() {
        return new Reply(0, Duration.ZERO, Duration.ZERO, null, Processed.MAYBE, -1, null, false, false);
    }

    /** Connecting never ends: nothing is sent. */
    public static Reply hang() {
        return new Reply(0, Duration.ZERO, Duration.ZERO, null, Processed.NO, -1, null, false, false);
    }

    /** Returns this response with a body that breaks, instead of ending well, when {@code bodyTakes} has passed. */
    public Reply withBrokenBody(TransportError how) {
        return new Reply(status, headAfter, bodyTakes, how, processed, pushBackNanos, location, interim, deaf);
    }

    /** Returns this response with a push-back, in nanoseconds; {@link Long#MAX_VALUE} asks not to be retried. */
    public Reply withPushBack(long nanos) {
        return new Reply(status, headAfter, bodyTakes, error, processed, nanos, location, interim, deaf);
    }

    /** Returns this response with a {@code Location} header. */
    public Reply withLocation(String url) {
        return new Reply(status, headAfter, bodyTakes, error, processed, pushBackNanos, url, interim, deaf);
    }

    /** Returns this response after a 103 (early hints), which no driver may deliver as a head. */
    public Reply withInterim() {
        return new Reply(status, headAfter, bodyTakes, error, processed, pushBackNanos, location, true, deaf);
    }

    /** Returns this response from a wire on which a cancellation before the head comes too late. */
    public Reply deafToCancel() {
        return new Reply(status, headAfter, bodyTakes, error, processed, pushBackNanos, location, interim, true);
    }

    /** Returns whether a head arrives. */
    public boolean hasHead() {
        return status != 0;
    }

    /**
     * Returns whether the request, body included, is written: always, except when no connection was made. (A refused request was written, though it
     * was certainly not processed.)
     */
    public boolean sends() {
        return hasHead() || processed != Processed.NO || error == TransportError.REFUSED;
    }
}
