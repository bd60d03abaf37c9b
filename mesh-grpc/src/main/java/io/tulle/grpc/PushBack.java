package io.tulle.grpc;

import io.grpc.Metadata;
import io.tulle.api.call.MeshHeaders;
import io.tulle.api.time.Instants;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What trailers say about another attempt: gRFC A6's {@code grpc-retry-pushback-ms}, and what mesh peers say. */
final class PushBack {
    private static final int MOST_DIGITS = 12; // thirty years

    private PushBack() {}

    /** Returns how long to wait, in nanoseconds; -1 when nothing is said, {@link Instants#NEVER} when there should be no other attempt: also when it is not readable. */
    static long nanos(@Nullable Metadata trailers) {
        if (trailers == null) {
            return -1;
        }
        if (MeshHeaders.NEVER.equals(trailers.get(MeshKeys.RETRY))) {
            return Instants.NEVER;
        }
        String value = trailers.get(MeshKeys.PUSH_BACK_MILLIS);
        if (value == null) {
            return -1;
        }
        return value.matches("[0-9]{1," + MOST_DIGITS + "}")
                ? TimeUnit.MILLISECONDS.toNanos(Long.parseLong(value))
                : Instants.NEVER;
    }

    static boolean refused(@Nullable Metadata trailers) {
        return trailers != null && trailers.containsKey(MeshKeys.REFUSED);
    }
}
