package io.tulle.grpc;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** What a caller who cancels is told of it. */
final class Cancellation {
    private Cancellation() {}

    static Status status(@Nullable String message, @Nullable Throwable cause) {
        Status status = message == null ? Status.CANCELLED : Status.CANCELLED.withDescription(message);
        return cause == null ? status : status.withCause(cause);
    }
}
