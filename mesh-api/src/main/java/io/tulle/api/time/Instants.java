package io.tulle.api.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Arithmetic on instants: readings of a {@link Ticker}, which may be negative and overflow, and among which one value stands for an instant that never comes.
 * Two instants can be told apart while they are less than 2^63 nanoseconds (292 years) apart; what would take longer never comes.
 */
public final class Instants {
    /** The instant that never comes; as a span, longer than anything that can be waited for. */
    public static final long NEVER = Long.MAX_VALUE;

    private Instants() {}

    /** Returns the instant {@code nanos} after {@code now}, before it if negative; {@link #NEVER} only if {@code nanos} is that. */
    public static long after(long now, long nanos) {
        if (nanos == NEVER) {
            return NEVER;
        }
        long instant = now + nanos;
        return instant == NEVER ? NEVER - 1 : instant;
    }

    /** Returns the instant {@code span} after {@code now}; {@link #NEVER} if that is further away than instants can be. */
    public static long after(long now, Duration span) {
        return after(now, nanos(span));
    }

    /** Returns the earlier of two instants, either of which may be {@link #NEVER}. */
    public static long earlier(long one, long other) {
        return one == NEVER || other != NEVER && other - one < 0 ? other : one;
    }

    /** Returns whether {@code instant}, which may be {@link #NEVER}, has come at {@code now}. */
    public static boolean hasCome(long instant, long now) {
        return instant != NEVER && now - instant >= 0;
    }

    /** Returns {@code span} in nanoseconds; the most ({@link #NEVER}) or the least that a long can hold if it is beyond that. */
    public static long nanos(Duration span) {
        return TimeUnit.NANOSECONDS.convert(span);
    }
}
