package io.tulle.api.call;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one caller wants for one call; overrides the route. Immutable. In OkHttp: {@code Request.tag(MeshCallOptions.class, options)}.
 *
 * @param deadline how long the whole call may take, retries and body included: more than zero; null means the route's timeout
 * @param idempotent whether the call may be repeated; null means what method, headers and route say
 */
public record MeshCallOptions(
        @Nullable Duration deadline, @Nullable Boolean idempotent) {
    /** Nothing overridden. */
    public static final MeshCallOptions DEFAULT = new MeshCallOptions(null, null);

    /** Checks that the deadline is positive. */
    public MeshCallOptions {
        if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
            throw new IllegalArgumentException("deadline: " + deadline + " (expected: more than 0)");
        }
    }

    /** Returns options like these with another deadline. */
    public MeshCallOptions withDeadline(Duration newDeadline) {
        return new MeshCallOptions(newDeadline, idempotent);
    }

    /** Returns options like these that say whether the call may be repeated. */
    public MeshCallOptions withIdempotent(boolean newIdempotent) {
        return new MeshCallOptions(deadline, newIdempotent);
    }
}
