package io.tulle.api.spi;

import io.tulle.api.call.MeshHeaders;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import org.jspecify.annotations.Nullable;

/**
 * Adds headers to an attempt that is about to be sent, such as a trace context. Called on the call path by the thread that sends, after {@code attemptStarted}: be
 * quick, do not block. Thread-safe.
 */
@FunctionalInterface
public interface AttemptHeaders {
    /** Adds nothing. */
    AttemptHeaders NONE = (call, attempt, sink) -> {};

    /** Gives {@code sink} what this attempt is to carry. */
    void write(CallInfo call, AttemptInfo attempt, Sink sink);

    /**
     * Returns what it wants to know later of the thread that makes a call, such as the span that is current there; null for nothing. Asked on that thread,
     * before the call starts, maybe on another; it comes back as {@link io.tulle.api.context.CallContext#carried} of {@link CallInfo#context}.
     */
    default @Nullable Object capture() {
        return null;
    }

    /** Where headers go. Confined to the thread that writes. */
    @FunctionalInterface
    interface Sink {
        /**
         * Sets a header of the attempt, in place of one that was set here before. One that the application has set itself stays as it is, but for {@link
         * MeshHeaders#TIMEOUT_MS} and {@link MeshHeaders#ATTEMPT}: those are not sent. Nor is a {@link MeshHeaders#TRACESTATE} set beside a {@link
         * MeshHeaders#TRACEPARENT} that the application has set, because it belongs to another. The name is in lower case.
         */
        void set(String name, String value);
    }
}
