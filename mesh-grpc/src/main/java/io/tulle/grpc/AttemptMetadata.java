package io.tulle.grpc;

import io.grpc.Metadata;
import io.tulle.api.call.MeshHeaders;
import io.tulle.api.spi.AttemptHeaders;

/**
 * Writes what the mesh adds to an attempt into the headers of its stream, which may have it already. How much time is left is said as gRPC does, in
 * {@code grpc-timeout}: the channel below does not know the deadline, which is the machine's business. That, and which attempt it is, only the mesh says: an
 * application that passes on what has come to it, such as a gateway, has copied what was said of another call. Confined to the thread that drains.
 *
 * @param application what the application has set stays as it is, but for that
 * @param stream where headers go
 * @param timeouts as the header has them
 */
record AttemptMetadata(Metadata application, Metadata stream, Timeouts timeouts) implements AttemptHeaders.Sink {
    /** Returns what the headers of an attempt begin as. */
    static Metadata of(Metadata application) {
        Metadata stream = new Metadata();
        stream.merge(application);
        stream.discardAll(MeshKeys.ATTEMPT);
        stream.discardAll(MeshKeys.TIMEOUT);
        stream.discardAll(MeshKeys.TIMEOUT_MS);
        return stream;
    }

    @Override
    public void set(String name, String value) {
        if (name.equals(MeshHeaders.TIMEOUT_MS)) {
            put(MeshKeys.TIMEOUT, timeouts.of(value));
            return;
        }
        Metadata.Key<String> key = MeshKeys.of(name);
        if (key.equals(MeshKeys.ATTEMPT) || !application.containsKey(key) && !ofAnotherTrace(name)) {
            put(key, value);
        }
    }

    /** A {@code tracestate} belongs to the {@code traceparent} that it comes with. */
    private boolean ofAnotherTrace(String name) {
        return name.equals(MeshHeaders.TRACESTATE) && application.containsKey(MeshKeys.of(MeshHeaders.TRACEPARENT));
    }

    private void put(Metadata.Key<String> key, String value) {
        stream.discardAll(key);
        stream.put(key, value);
    }
}
