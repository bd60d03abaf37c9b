package io.tulle.testing.sockets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call to make. It has a small body that can be written again, unless it is an HTTP GET.
 *
 * @param idempotent whether it may be repeated: an HTTP GET, or a POST; in gRPC, a method that is marked as idempotent or not
 * @param deadline its own; null means the route's
 */
public record SocketCall(boolean idempotent, @Nullable Duration deadline) {
    /** A call that may be repeated. */
    public static final SocketCall GET = new SocketCall(true, null);

    /** A call that may not. */
    public static final SocketCall POST = new SocketCall(false, null);

    /** Returns the same call with a deadline of its own. */
    public SocketCall within(Duration newDeadline) {
        return new SocketCall(idempotent, newDeadline);
    }

    @Override
    public String toString() {
        return (idempotent ? "GET" : "POST") + (deadline == null ? "" : " within " + deadline.toMillis() + " ms");
    }
}
