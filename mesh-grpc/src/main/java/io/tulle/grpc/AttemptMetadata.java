package io.tulle.grpc;

import io.grpc.Metadata;
import io.tulle.api.call.MeshHeaders;
import io.tulle.api.spi.AttemptHeaders;

/**
 * Writes what the mesh adds to an attempt into the headers of its stream, which may have it already. How much time is left is said as gRPC does, in
 * {@code grpc-timeout}: the channel below does not know the deadline, which is the machine's business. Confined to the thread that drains.
 *
 * @param application what the application has set stays as it is
 * @param stream where headers go
 * @param timeouts as the header has them
 */
record AttemptMetadata(Metadata application, Metadata stream, Timeouts timeouts) implements AttemptHeaders.Sink {
    @Override
    public void set(String name, String value) {
        if (name.equals(MeshHeaders.TIMEOUT_MS)) {
            put(MeshKeys.TIMEOUT, timeouts.of(value));
            return;
        }
        Metadata.Key<String> key = MeshKeys.of(name);
        if (!application.containsKey(key)) {
            put(key, value);
        }
    }

    private void put(Metadata.Key<String> key, String value) {
        stream.discardAll(key);
        stream.put(key, value);
    }
}
