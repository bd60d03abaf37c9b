package io.tulle.testing.tck;

import io.tulle.api.call.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What the application saw of a call.
 *
 * @param status of the response that it was given; 0 when it was given none
 * @param body how reading that response's body went
 * @param failure why there was no response; null when there was one
 */
public record Seen(int status, BodyEnd body, @Nullable Verdict failure) {
    /** How a body ended, to the application. */
    public enum BodyEnd {
        /** There was no response. */
        NONE,
        /** It was read to its end. */
        COMPLETE,
        /** Reading threw: broken, cancelled, or the deadline passed. */
        BROKEN,
        /** The application closed it unread, after {@link Caller#closeAfter}. */
        CLOSED,
        /** The application holds it open. */
        HELD
    }

    /** The call failed without a response; the driver's exception says {@code verdict}. */
    public static Seen failed(Verdict verdict) {
        return new Seen(0, BodyEnd.NONE, verdict);
    }

    /** The call brought a response. */
    public static Seen response(int status, BodyEnd body) {
        return new Seen(status, body, null);
    }
}
