package io.tulle.api.listener;

import io.tulle.api.call.Denial;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.resource.Protocol;
import org.jspecify.annotations.Nullable;

/** A live view of a request that this process serves, valid only during the callback that hands it over; copy what you keep. */
public interface ServedInfo {
    /** Returns the service that this process is, as {@code <namespace>/<service>}. */
    String service();

    /** Returns what the request is spoken in. */
    Protocol protocol();

    /** Returns the request's method. */
    String method();

    /** Returns the request's path. It is not bounded: never use it as a metric label. */
    String path();

    /** Returns what the request passes on to the calls made for it: deadline, which attempt it is, trace. */
    CallContext context();

    /** Returns the ticker's reading when the request came. */
    long startNanos();

    /** Returns the ticker's reading when its answer was complete, or 0 before. */
    long endNanos();

    /** Returns the status of the answer, for gRPC the HTTP status that stands for its code; 0 before the end, or when there was none. */
    int status();

    /** Returns the gRPC code of the answer, 0 to 16; -1 before the end, when there was none, and when it is no gRPC request. */
    default int grpcStatus() {
        return -1;
    }

    /** Returns why the request was refused, or null when it was admitted. */
    @Nullable
    Denial denial();

    /**
     * Returns how the request ended, or null before: {@code SUCCESS}; {@code FAILED_RESPONSE}, a status that counts as a server failure; {@code FAILED}, no complete
     * answer; {@code CANCELLED} by the caller; {@code DEADLINE_EXCEEDED} or {@code OVERLOADED} when it was refused.
     */
    @Nullable
    Verdict verdict();
}
