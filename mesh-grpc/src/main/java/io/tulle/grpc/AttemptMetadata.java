package io.tulle.grpc;

import io.grpc.Metadata;
import io.tulle.api.call.MeshHeaders;
import io.tulle.api.spi.AttemptHeaders;
import org.jspecify.annotations.Nullable;

/** The metadata that the mesh adds to one attempt. gRPC says how much time is left in a header of its own ({@code grpc-timeout}). Confined to the thread that drains. */
final class AttemptMetadata implements AttemptHeaders.Sink {
    private final Metadata application;
    private @Nullable Metadata added; // nothing, for most attempts

    AttemptMetadata(Metadata application) {
        this.application = application;
    }

    @Override
    public void set(String name, String value) {
        if (name.equals(MeshHeaders.TIMEOUT_MS)) {
            return;
        }
        Metadata.Key<String> key = MeshKeys.of(name);
        if (!application.containsKey(key)) {
            Metadata own = added == null ? new Metadata() : added;
            own.discardAll(key);
            own.put(key, value);
            added = own;
        }
    }

    /** Writes what was added into the headers of a stream, which may have it already. */
    void into(Metadata headers) {
        if (added == null) {
            return;
        }
        for (String name : added.keys()) {
            headers.discardAll(MeshKeys.of(name));
        }
        headers.merge(added);
    }
}
