package io.tulle.core.inbound;

import io.tulle.api.call.InboundHead;
import io.tulle.api.call.MeshHeaders;
import io.tulle.api.context.CallContext;
import io.tulle.api.time.Instants;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a request passes on to the calls that are made for it. What comes in is not trusted to be well-formed: a value that could not be sent on in a
 * header is left out, since it would fail every call made for the request.
 */
public final class InboundContext {
    private static final int MOST_ATTEMPT_DIGITS = 3;

    /** What W3C Baggage asks everyone to be able to pass on; more is left out. */
    private static final int LONGEST = 8192;

    private InboundContext() {}

    /** Returns the context of a request that came at {@code now} and is waited for {@code timeoutNanos}; {@link Instants#NEVER}: for as long as it takes. */
    public static CallContext of(InboundHead head, long timeoutNanos, long now) {
        CallContext.Builder context = CallContext.builder()
                .attempt(attempt(head.header(MeshHeaders.ATTEMPT)))
                .deadlineNanos(Instants.after(now, timeoutNanos));
        String parent = head.header(MeshHeaders.TRACEPARENT);
        if (parent != null && TraceParent.valid(parent)) {
            context.trace(parent, sendable(head.header(MeshHeaders.TRACESTATE)));
        }
        return context.baggage(sendable(head.header(MeshHeaders.BAGGAGE))).build();
    }

    private static int attempt(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MOST_ATTEMPT_DIGITS) {
            return 1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 1;
            }
            value = 10 * value + digit;
        }
        return Math.max(1, value);
    }

    private static @Nullable String sendable(@Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > LONGEST) {
            return null;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                return null;
            }
        }
        return value;
    }
}
