package io.tulle.grpc;

import io.grpc.Metadata;
import io.tulle.api.call.MeshHeaders;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The metadata keys that mesh peers, gRPC's retries (gRFC A6) and W3C name; all in ASCII. Constants, because making a key checks and copies its name. */
public final class MeshKeys {
    /** {@link MeshHeaders#RETRY}. */
    public static final Metadata.Key<String> RETRY = made(MeshHeaders.RETRY);

    /** {@link MeshHeaders#REFUSED}. */
    public static final Metadata.Key<String> REFUSED = made(MeshHeaders.REFUSED);

    /** How many milliseconds to wait before another attempt; below zero: make none (gRFC A6). */
    public static final Metadata.Key<String> PUSH_BACK_MILLIS = made("grpc-retry-pushback-ms");

    /** How much time is left, of requests (gRPC over HTTP/2). */
    static final Metadata.Key<String> TIMEOUT = made("grpc-timeout");

    /** {@link MeshHeaders#ATTEMPT}. */
    static final Metadata.Key<String> ATTEMPT = made(MeshHeaders.ATTEMPT);

    /** {@link MeshHeaders#TIMEOUT_MS}, which is not gRPC's. */
    static final Metadata.Key<String> TIMEOUT_MS = made(MeshHeaders.TIMEOUT_MS);

    /** Of requests: what calls pass on. */
    private static final Map<String, Metadata.Key<String>> PASSED_ON = Stream.of(
                    MeshHeaders.ATTEMPT, MeshHeaders.TRACEPARENT, MeshHeaders.TRACESTATE, MeshHeaders.BAGGAGE)
            .collect(Collectors.toUnmodifiableMap(Function.identity(), MeshKeys::made));

    private MeshKeys() {}

    /** Returns the key of {@code name}, made anew only if calls do not pass it on. */
    public static Metadata.Key<String> of(String name) {
        Metadata.Key<String> known = PASSED_ON.get(name);
        return known == null ? made(name) : known;
    }

    private static Metadata.Key<String> made(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
