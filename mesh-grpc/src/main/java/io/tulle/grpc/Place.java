package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a channel for a call that has no attempt there, because it waits above: a call of the channel that is never sent. So the channel is in use, and ends the
 * call with its others when it is shut down now. Thread-safe.
 */
final class Place<R> extends ClientCall.Listener<R> {
    private static final CallOptions.Key<Boolean> STANDING =
            CallOptions.Key.createWithDefault("io.tulle.grpc.place", false);
    private static final CallOptions OPTIONS = CallOptions.DEFAULT
            .withWaitForReady()
            .withOption(STANDING, true); // the channel's executor: the call's may be at work

    private final ClientCall<?, R> call;
    private final Consumer<Status> lost;
    private volatile boolean left;

    private Place(ClientCall<?, R> call, Consumer<Status> lost) {
        this.call = call;
        this.lost = lost;
    }

    /** Takes a place in {@code channel}; {@code lost} is told why when the channel ends it, on the channel's executor. */
    static <R> Place<R> in(Channel channel, MethodDescriptor<?, R> method, Consumer<Status> lost) {
        Context former = Context.ROOT.attach(); // the application's would end it
        try {
            Place<R> place = new Place<>(channel.newCall(method, OPTIONS), lost);
            place.call.start(place, new Metadata());
            return place;
        } finally {
            Context.ROOT.detach(former);
        }
    }

    /** Returns whether {@code options} are those of a place: nobody is picked for it. */
    static boolean standsWith(CallOptions options) {
        return options.getOption(STANDING);
    }

    /** Gives {@code place} up, if there is one; then nobody is told of its end. */
    static void leave(@Nullable Place<?> place) {
        if (place != null) {
            place.left = true;
            place.call.cancel("the call has an attempt, or is over", null);
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        if (!left) {
            lost.accept(status);
        }
    }

    /** Returns what a call is told that waited for {@code what} in a channel that has said {@code status}. */
    static Status told(String service, String what, Status status) {
        return status.withDescription(
                service + ": the channel ended the call while it waited for " + what + ": " + status.getDescription());
    }
}
