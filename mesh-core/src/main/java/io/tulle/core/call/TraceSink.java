package io.tulle.core.call;

import io.tulle.api.call.MeshHeaders;
import io.tulle.api.spi.AttemptHeaders;

/**
 * Knows whether a trace was written: the {@code tracestate} of the call that is being served belongs to its {@code traceparent}, and does not go on with
 * another one (W3C Trace Context, 3.3). Confined to the thread that writes.
 */
final class TraceSink implements AttemptHeaders.Sink {
    private final AttemptHeaders.Sink attempt;
    private boolean written;

    TraceSink(AttemptHeaders.Sink attempt) {
        this.attempt = attempt;
    }

    @Override
    public void set(String name, String value) {
        written |= name.equals(MeshHeaders.TRACEPARENT) || name.equals(MeshHeaders.TRACESTATE);
        attempt.set(name, value);
    }

    /** Passes on what came with the {@code traceparent} of the call that is being served, unless there is another one now. */
    void passOn(String tracestate) {
        if (!written) {
            attempt.set(MeshHeaders.TRACESTATE, tracestate);
        }
    }
}
