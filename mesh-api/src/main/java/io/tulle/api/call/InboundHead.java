package io.tulle.api.call;

import io.tulle.api.resource.Protocol;
import io.tulle.api.time.Instants;
import org.jspecify.annotations.Nullable;

/** The part of a request that admission reads at the server. Implemented by adapters over their own request type, without copying. Confined to one thread. */
public interface InboundHead {
    /** Returns what the request is spoken in. */
    Protocol protocol();

    /** Returns the method in upper case, such as {@code GET}; {@code POST} for gRPC. */
    String method();

    /** Returns the percent-encoded absolute path without query, such as {@code /books/7}; {@code /package.Service/Method} for gRPC. */
    String path();

    /** Returns the value of a header whose name is given in lower case, several lines joined by commas; null when there is none. */
    @Nullable
    String header(String name);

    /** Returns how many nanoseconds the caller still waits, 0 or less when it no longer does; {@link Instants#NEVER} when it does not say. */
    default long timeoutNanos() {
        return MeshHeaders.timeoutNanos(header(MeshHeaders.TIMEOUT_MS));
    }
}
