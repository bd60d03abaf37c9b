package io.tulle.api.listener;

import io.tulle.api.call.Outcome;
import org.jspecify.annotations.Nullable;

/** A live view of one attempt, valid only during the callback that hands it over. */
public interface AttemptInfo {
    /** Returns 1 for the first attempt of the call. */
    int number();

    /** Returns whether it was sent beside others that were still out, instead of after them. */
    default boolean hedge() {
        return false;
    }

    /** Returns the picked endpoint, or null when none could be picked. */
    @Nullable
    EndpointInfo endpoint();

    /** Returns the ticker's reading when the attempt was dispatched. */
    long startNanos();

    /** Returns the ticker's reading when the head arrived, or 0. */
    long headNanos();

    /** Returns the ticker's reading when the attempt ended, or 0 before. */
    long endNanos();

    /** Returns the response's status, or 0 when none arrived; for gRPC the HTTP status that stands for its code. */
    int status();

    /** Returns the gRPC code that the attempt brought, 0 to 16; -1 when it brought none (yet), or is no gRPC attempt. */
    int grpcStatus();

    /** Returns how the attempt ended, or null before. */
    @Nullable
    Outcome outcome();
}
