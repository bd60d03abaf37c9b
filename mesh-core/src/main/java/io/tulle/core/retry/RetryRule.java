package io.tulle.core.retry;

import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import io.tulle.api.time.RandomSource;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a failed attempt may be followed by another, and after how long. Immutable. It does not pay: {@link RetryBudget} does.
 *
 * <p>Only what is certainly unprocessed, or may be repeated, is retried. Back-off is exponential with full jitter (AWS Architecture Blog,
 * "Exponential Backoff And Jitter"); the first retry of what was certainly not processed is immediate, like gRPC's transparent retry (gRFC A6).
 */
public final class RetryRule {
    private static final int SMALLEST_STATUS = 400;

    private final int attempts;
    private final long attemptTimeoutNanos;
    private final long baseNanos;
    private final long maxNanos;
    private final BitSet statuses = new BitSet();

    /** Compiles the settings. */
    public RetryRule(Route.Retry settings) {
        attempts = settings.attempts();
        attemptTimeoutNanos = settings.attemptTimeout().toNanos();
        baseNanos = settings.backoffBase().toNanos();
        maxNanos = settings.backoffMax().toNanos();
        settings.statuses().forEach(status -> statuses.set(status - SMALLEST_STATUS));
    }

    /** Returns how many attempts a call may have in all. */
    public int attempts() {
        return attempts;
    }

    /** Returns how long one attempt may take until its head is accepted; 0 means as long as the call. */
    public long attemptTimeoutNanos() {
        return attemptTimeoutNanos;
    }

    /** Returns whether a response with {@code status} is worth another attempt. */
    public boolean retriesStatus(int status) {
        return status >= SMALLEST_STATUS && statuses.get(status - SMALLEST_STATUS);
    }

    /**
     * Returns whether an attempt that ended without a response may be repeated, given a body that can be written again.
     *
     * @param idempotent whether the server may act on the call twice
     */
    public static boolean retriesError(@Nullable TransportError error, Processed processed, boolean idempotent) {
        return error != null && error != TransportError.CANCELLED && (processed == Processed.NO || idempotent);
    }

    /**
     * Returns how long to wait before the next attempt, in nanoseconds.
     *
     * @param made how many attempts the call has had, at least 1
     * @param processed whether the last one may have been acted upon
     */
    public long delayNanos(int made, Processed processed, RandomSource random) {
        if (made == 1 && processed == Processed.NO) {
            return 0;
        }
        long ceiling = baseNanos << Math.min(made - 1, 20);
        if (ceiling > maxNanos || ceiling < baseNanos) {
            ceiling = maxNanos;
        }
        return (long) ((random.nextLong() >>> 11) * 0x1p-53 * ceiling);
    }
}
