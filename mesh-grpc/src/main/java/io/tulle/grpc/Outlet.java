package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import io.tulle.api.context.CallContext;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the application: its listener is called by one thread at a time, on the call's executor, in the contexts in which it made the call, and not at all after
 * {@code onClose}. Thread-safe.
 */
final class Outlet<R> {
    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    private final ClientCall.Listener<R> listener;
    private final Executor executor;
    private final Context context = Context.current();
    private final CallContext served;
    private final SynchronizationContext turns;
    private boolean closed; // touched in turns only

    /** {@code broken} is told what the listener throws. */
    Outlet(ClientCall.Listener<R> listener, CallOptions options, CallContext served, Consumer<Throwable> broken) {
        this.listener = listener;
        this.served = served;
        Executor given = options.getExecutor();
        executor = given == null ? Runnable::run : given; // a channel always gives one
        turns = new SynchronizationContext((thread, failure) -> {
            LOG.warn("the listener of a call threw; the call is cancelled", failure);
            broken.accept(failure);
        });
    }

    Context context() {
        return context;
    }

    /** Takes a turn on this thread, which must be one of the executor's. */
    void turn(Runnable task) {
        turns.execute(task);
    }

    /** Takes a turn on a thread of the executor. */
    void later(Runnable task) {
        execute(() -> turns.execute(task));
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

    /** Calls the listener; in a turn. */
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
        } finally {
            context.detach(former);
        }
    }

    /** Ends the call for the application; in a turn. */
    void close(Status status, Metadata trailers) {
        tell(to -> {
            closed = true;
            to.onClose(status, trailers);
        });
    }
}
