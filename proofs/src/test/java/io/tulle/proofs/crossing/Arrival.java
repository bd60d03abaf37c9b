package io.tulle.proofs.crossing;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf is told with one request.
 *
 * @param timeoutMillis how long the caller waits, -1 when it does not say
 */
record Arrival(
        long timeoutMillis,
        @Nullable String attempt,
        @Nullable String traceparent,
        @Nullable String baggage) {
    static Arrival http(UnaryOperator<@Nullable String> header) {
        String timeout = header.apply("x-mesh-timeout-ms");
        return new Arrival(
                timeout == null ? -1 : Long.parseLong(timeout),
                header.apply("x-mesh-attempt"),
                header.apply("traceparent"),
                header.apply("baggage"));
    }

    /** To be called where gRPC's context is that of the call. */
    static Arrival grpc(Metadata headers) {
        Deadline deadline = Context.current().getDeadline();
        return new Arrival(
                deadline == null ? -1 : deadline.timeRemaining(TimeUnit.MILLISECONDS),
                headers.get(key("x-mesh-attempt")),
                headers.get(key("traceparent")),
                headers.get(key("baggage")));
    }

    static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
