package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the tracers of an attempt's streams. It rides in the options of the attempt's call, and so brings the attempt to the picker, too. */
final class AttemptTracers extends ClientStreamTracer.Factory {
    private final WireAttempt<?, ?> attempt;

    AttemptTracers(WireAttempt<?, ?> attempt) {
        this.attempt = attempt;
    }

    /** Returns the attempt whose call has {@code options}; null when that has not come through the mesh. */
    static @Nullable WireAttempt<?, ?> attempt(CallOptions options) {
        List<ClientStreamTracer.Factory> factories = options.getStreamTracerFactories();
        for (int i = factories.size() - 1; i >= 0; i--) { // the last is the innermost
            if (factories.get(i) instanceof AttemptTracers own) {
                return own.attempt;
            }
        }
        return null;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return attempt.streamCreated();
    }
}
