package io.tulle.grpc;

import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.Status;
import io.tulle.core.snapshot.Endpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints are connected: an immutable view that the balancer replaces. Who of them is called is decided by the attempt, which rides in the call's options.
 */
final class MeshPicker extends SubchannelPicker {
    private static final PickResult NOT_OURS = PickResult.withDrop(
            Status.INTERNAL.withDescription(
                    "the call has not come through the mesh (expected: a channel on which disableServiceConfigLookUp() was not called)"));

    private final Map<Endpoint, PickResult> ready;
    private final Map<Endpoint, Coming> coming;
    private final long version;
    private final Status failure;
    private final Runnable again;

    /**
     * Creates a view.
     *
     * @param ready what a pick of a connected endpoint gives
     * @param coming endpoints to which a connection is being made and has not failed yet
     * @param version of the configuration whose endpoints these are
     * @param failure why the last connection failed; OK when none has
     * @param again has all streams that wait pick again, soon
     */
    MeshPicker(
            Map<Endpoint, PickResult> ready,
            Map<Endpoint, Coming> coming,
            long version,
            Status failure,
            Runnable again) {
        this.ready = Map.copyOf(ready);
        this.coming = Map.copyOf(coming);
        this.version = version;
        this.failure = failure;
        this.again = again;
    }

    @Override
    public PickResult pickSubchannel(PickSubchannelArgs args) {
        WireAttempt<?, ?> attempt = AttemptTracers.attempt(args.getCallOptions());
        if (attempt == null) {
            return Place.standsWith(args.getCallOptions()) ? PickResult.withNoResult() : NOT_OURS;
        }
        return attempt.pick(this, args.getHeaders());
    }

    boolean ready(Endpoint endpoint) {
        return ready.containsKey(endpoint);
    }

    PickResult to(Endpoint endpoint) {
        PickResult result = ready.get(endpoint);
        return result == null ? PickResult.withNoResult() : result;
    }

    /**
     * Returns whether {@code endpoint} may become ready without having failed first, and how; null when it may not. {@code newest} is the version of the process's
     * configuration: of what is newer than this view nothing is known, so it may.
     */
    @Nullable
    Coming coming(Endpoint endpoint, long newest) {
        Coming how = coming.get(endpoint);
        return how == null && version < newest ? Coming.FIRST : how;
    }

    /** Returns what a call is told that cannot be sent to any endpoint. */
    Status unreachable() {
        Throwable cause = failure.getCause();
        String what = failure.getDescription() == null ? "" : ": " + failure.getDescription();
        String why = cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
        return Status.UNAVAILABLE
                .withDescription("no endpoint can be connected to" + what + why)
                .withCause(cause);
    }

    void again() {
        again.run();
    }
}
