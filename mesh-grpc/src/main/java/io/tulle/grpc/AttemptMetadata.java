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
 */
record AttemptMetadata(Metadata application, Metadata stream) implements AttemptHeaders.Sink {
    private static final int MOST_DIGITS = 8; // of grpc-timeout

    @Override
    public void set(String name, String value) {
        if (name.equals(MeshHeaders.TIMEOUT_MS)) {
            put(MeshKeys.TIMEOUT, timeout(value));
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

    /** Returns milliseconds as {@code grpc-timeout} has them; what is longer than three years is three years. */
    static String timeout(String millis) {
        if (millis.length() <= MOST_DIGITS) {
            return millis + "m";
        }
        long seconds = Long.parseLong(millis) / 1000 + 1; // rather more: the caller gives up by itself
        return Math.min(seconds, 99_999_999) + "S";
    }
}
