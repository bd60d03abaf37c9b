package io.tulle.core.call;

import io.tulle.api.call.TransportError;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a call, as the list that leads from the last back to the first ({@link Attempt#former}): at most ten, so that walking it is cheap, and
 * nothing is allocated for a call that has only one. An attempt is <em>out</em> until it has ended, and <em>live</em> while it is out and has not been given up.
 */
final class Attempts {
    private Attempts() {}

    /** Returns how many are live. */
    static int live(@Nullable Attempt last) {
        int live = 0;
        for (Attempt each = last; each != null; each = each.former()) {
            live += each.live() ? 1 : 0;
        }
        return live;
    }

    /** Returns the live one that was dispatched first, or null. */
    static @Nullable Attempt oldestLive(@Nullable Attempt last) {
        Attempt oldest = null;
        for (Attempt each = last; each != null; each = each.former()) {
            oldest = each.live() ? each : oldest;
        }
        return oldest;
    }

    /** Returns whether any is out. */
    static boolean anyOut(@Nullable Attempt last) {
        return any(last, each -> !each.ended());
    }

    /** Returns whether any has had an endpoint. */
    static boolean anySent(@Nullable Attempt last) {
        return any(last, each -> each.endpoint() != null);
    }

    /** Returns whether any that is out has an endpoint. */
    static boolean anyAtEndpoint(@Nullable Attempt last) {
        return any(last, each -> each.endpoint() != null && !each.ended());
    }

    private static boolean any(@Nullable Attempt last, Predicate<Attempt> asked) {
        for (Attempt each = last; each != null; each = each.former()) {
            if (asked.test(each)) {
                return true;
            }
        }
        return false;
    }

    /** Gives up every live one but {@code winner}, which nothing is held against: they have lost. */
    static void leaveLosers(@Nullable Attempt last, Attempt winner) {
        for (Attempt each = last; each != null; each = each.former()) {
            if (each.live() && each != winner) {
                each.leave(TransportError.CANCELLED, false);
            }
        }
    }

    /** Gives up every live one; a deadline's passing is held against those endpoints that have been silent for long. */
    static void leaveAll(@Nullable Attempt last, TransportError reason, long now) {
        for (Attempt each = last; each != null; each = each.former()) {
            if (each.live()) {
                each.leave(reason, each.overdue(now));
            }
        }
    }

    /** Returns the first that was given up and whose driver has not been told yet; null when there is none. It then counts as told. */
    static @Nullable Attempt takeCancel(@Nullable Attempt last) {
        Attempt oldest = null;
        for (Attempt each = last; each != null; each = each.former()) {
            oldest = each.toCancel() ? each : oldest;
        }
        if (oldest != null) {
            oldest.cancelTold();
        }
        return oldest;
    }
}
