package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.tulle.api.context.CallContext;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the application: its listener is called in turns, on the call's executor, in the contexts in which it made the call, and not at all after
 * {@code onClose}. Thread-safe.
 */
final class Outlet<R> extends Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    private final Executor executor;
    private final Context context = Context.current();
    private final CallContext served;
    private final Consumer<Status> cancel;

    // Touched in turns only.
    private ClientCall.Listener<R> listener;
    private boolean closed;

    /** {@code cancel} ends the call whose listener has thrown. */
    Outlet(ClientCall.Listener<R> listener, CallOptions options, CallContext served, Consumer<Status> cancel) {
        this.listener = listener;
        this.served = served;
        Executor given = options.getExecutor();
        executor = given == null ? Runnable::run : given; // a channel always gives one
        this.cancel = cancel;
    }

    @Override
    void threw(Throwable failure) {
        LOG.warn("the listener of a call threw; the call is cancelled", failure);
        Status reason = Status.CANCELLED
                .withDescription("the listener of the call threw")
                .withCause(failure);
        listener = new Broken<>(listener, reason);
        cancel.accept(reason);
    }

    Context context() {
        return context;
    }

    /** Takes a turn on a thread of the executor. */
    void later(Runnable task) {
        execute(() -> turn(task));
    }

    /** Runs {@code task} on the executor; here, when that takes nothing any more: a call has to end. */
    void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the executor of a call has been shut down", e);
            task.run();
        }
    }

    /** Calls the listener, which may throw; in a turn. */
    void tell(Consumer<ClientCall.Listener<R>> news) {
        if (closed) {
            return;
        }
        Context former = context.attach();
        try {
            CallContext.Scope scope = served.makeCurrent();
            try {
                news.accept(listener);
            } finally {
                scope.close();
            }
        } catch (Throwable e) {
            threw(e); // here: what is told next may be the end, which must not get lost
        } finally {
            context.detach(former);
        }
    }

    /** Ends the call for the application; in a turn. */
    void close(Status status, Metadata trailers) {
        tell(closing(status, trailers));
    }

    /** Returns news that end the call, for {@link #tell}. */
    Consumer<ClientCall.Listener<R>> closing(Status status, Metadata trailers) {
        return to -> {
            closed = true;
            to.onClose(status, trailers);
        };
    }

    /** A listener that has thrown: of what the call still has for it, it hears only that the call is over, and not as the server ended it. */
    private static final class Broken<R> extends ClientCall.Listener<R> {
        private final ClientCall.Listener<R> listener;
        private final Status reason;

        Broken(ClientCall.Listener<R> listener, Status reason) {
            this.listener = listener;
            this.reason = reason;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            listener.onClose(reason, new Metadata());
        }
    }
}
