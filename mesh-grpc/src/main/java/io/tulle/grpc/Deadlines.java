package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Deadline;
import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.time.Instants;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The earliest of a call's deadlines: its options', its context's, and what {@link MeshCallOptions} say. The route's counts when there is none of them. */
final class Deadlines {
    private static final Duration PASSED = Duration.ofNanos(1); // a deadline is more than zero

    private Deadlines() {}

    /** Returns what the caller wants, with the earliest deadline. */
    static MeshCallOptions bounded(CallOptions options) {
        MeshCallOptions wanted = options.getOption(MeshChannels.CALL_OPTIONS);
        Duration earliest = earlier(
                earlier(wanted.deadline(), options.getDeadline()),
                Context.current().getDeadline());
        return earliest == null || earliest.equals(wanted.deadline()) ? wanted : wanted.withDeadline(earliest);
    }

    /** Returns when a call that is made {@code now} must be over by {@link #bounded}; {@link Instants#NEVER} without a deadline. */
    static long at(CallOptions options, long now) {
        Duration deadline = bounded(options).deadline();
        return deadline == null ? Instants.NEVER : Instants.after(now, deadline);
    }

    /** Returns whether the deadline of {@code context} has come: it is one of the call's own, so the call ends by that and not as if it were cancelled. */
    static boolean endedBy(Context context) {
        Deadline deadline = context.getDeadline();
        return deadline != null && deadline.isExpired();
    }

    private static @Nullable Duration earlier(@Nullable Duration one, @Nullable Deadline other) {
        if (other == null) {
            return one;
        }
        long left = other.timeRemaining(TimeUnit.NANOSECONDS);
        Duration duration = left <= 0 ? PASSED : Duration.ofNanos(left);
        return one == null || duration.compareTo(one) < 0 ? duration : one;
    }
}
