package io.tulle.api.context;

import io.tulle.api.time.Instants;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a call that is being served passes on to the calls that are made for it: how much time is left, where it belongs in a trace, and that there is no point
 * in trying again above. The server adapters make one for each request; the client adapters ask for {@link #current}.
 *
 * <p>It belongs to a thread, platform or virtual, from {@link #makeCurrent} until its scope is closed. Work that goes on elsewhere takes it along:
 *
 * <pre>{@code
 * executor = CallContext.following(executor);                       // each task with the context of whoever submits it
 * CompletableFuture.supplyAsync(work, CallContext.following(pool)); // and so the stages of a future
 * thread = Thread.ofVirtual().unstarted(context.wrap(task));
 * }</pre>
 *
 * <p>In gRPC it also rides in {@code io.grpc.Context}, where mesh-grpc finds it. Immutable, but for {@link #retriesSpent}; thread-safe.
 */
public final class CallContext {
    /** No call is being served. */
    public static final CallContext NONE = new CallContext(new Builder());

    private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

    /** Leaves the thread's entry where it is, empty: removing it and adding it again for each call would cost more. */
    private static final Scope CLEAR = () -> CURRENT.set(null);

    private final long deadlineNanos;
    private final int attempt;
    private final @Nullable String traceparent;
    private final @Nullable String tracestate;
    private final @Nullable String baggage;
    private final @Nullable Object carried;
    private final CallContext original;
    private volatile boolean retriesSpent;

    private CallContext(Builder builder) {
        deadlineNanos = builder.deadlineNanos;
        attempt = builder.attempt;
        traceparent = builder.traceparent;
        tracestate = builder.tracestate;
        baggage = builder.baggage;
        carried = null;
        original = this;
    }

    private CallContext(CallContext same, long deadlineNanos, @Nullable Object carried) {
        this.deadlineNanos = deadlineNanos;
        attempt = same.attempt;
        traceparent = same.traceparent;
        tracestate = same.tracestate;
        baggage = same.baggage;
        this.carried = carried;
        original = same.original;
    }

    /** Returns a builder of a context without deadline, of a first attempt, in no trace. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the context of the call that this thread serves; {@link #NONE} when it serves none. */
    public static CallContext current() {
        CallContext own = CURRENT.get();
        return own != null ? own : ContextProviders.current();
    }

    /** Makes this the current context of this thread until the scope is closed, on the same thread. */
    public Scope makeCurrent() {
        CallContext former = CURRENT.get();
        CURRENT.set(this);
        return former == null ? CLEAR : () -> CURRENT.set(former);
    }

    /** Returns {@code task}, run in this context. */
    public Runnable wrap(Runnable task) {
        return () -> {
            Scope scope = makeCurrent();
            try {
                task.run();
            } finally {
                scope.close();
            }
        };
    }

    /** Returns {@code task}, run in this context. */
    public <T> Callable<T> wrap(Callable<T> task) {
        return () -> {
            Scope scope = makeCurrent();
            try {
                return task.call();
            } finally {
                scope.close();
            }
        };
    }

    /** Returns {@code task}, run in this context. */
    public <T> Supplier<T> wrapSupplier(Supplier<T> task) {
        return () -> {
            Scope scope = makeCurrent();
            try {
                return task.get();
            } finally {
                scope.close();
            }
        };
    }

    /** Returns an executor that runs each task in the context that was current where the task was submitted. */
    public static Executor following(Executor executor) {
        return task -> executor.execute(current().wrap(task));
    }

    /** Returns when the call that is being served must be answered, as a reading of the mesh's ticker; {@link Instants#NEVER} when it need not. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** Returns which attempt of its caller is being served, 1 or more. */
    public int attempt() {
        return attempt;
    }

    /** Returns the W3C {@code traceparent} of the call that is being served, or null. */
    public @Nullable String traceparent() {
        return traceparent;
    }

    /** Returns its {@code tracestate}, or null. */
    public @Nullable String tracestate() {
        return tracestate;
    }

    /** Returns its W3C {@code baggage}, or null. */
    public @Nullable String baggage() {
        return baggage;
    }

    /**
     * Returns this context with something that a call takes along from the thread that makes it, in place of what was carried before. It stays the context of
     * the same call: {@link #spendRetries} of one is that of both.
     */
    public CallContext carrying(Object something) {
        return new CallContext(this, deadlineNanos, something);
    }

    /** Returns this context with a deadline that is no later than {@code nanos}, a reading of the mesh's ticker. It stays the context of the same call. */
    public CallContext until(long nanos) {
        return new CallContext(this, Instants.earlier(deadlineNanos, nanos), carried);
    }

    /** Returns what {@link #carrying} was given, or null. */
    public @Nullable Object carried() {
        return carried;
    }

    /** Notes that a call made for this one has failed although it was retried, or because the budget for retries was spent. */
    public void spendRetries() {
        if (original != NONE) {
            original.retriesSpent = true;
        }
    }

    /** Returns whether a failure of this call should not be retried by its caller, because retrying was tried below. */
    public boolean retriesSpent() {
        return original.retriesSpent;
    }

    /** Ends what {@link #makeCurrent} began. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** Finds the current context where a thread does not say: in another library's context. Found by {@link java.util.ServiceLoader}; thread-safe. */
    @FunctionalInterface
    public interface Provider {
        /** Returns the context, or null when this provider knows none. */
        @Nullable
        CallContext current();
    }

    /** Builds contexts. Not thread-safe. */
    public static final class Builder {
        private long deadlineNanos = Instants.NEVER;
        private int attempt = 1;
        private @Nullable String traceparent;
        private @Nullable String tracestate;
        private @Nullable String baggage;

        private Builder() {}

        /** Sets the deadline, as a reading of the mesh's ticker. */
        public Builder deadlineNanos(long value) {
            deadlineNanos = value;
            return this;
        }

        /** Sets which attempt of its caller is being served, 1 or more. */
        public Builder attempt(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("attempt: " + value + " (expected: 1 or more)");
            }
            attempt = value;
            return this;
        }

        /** Sets the W3C trace context, as it came in. */
        public Builder trace(@Nullable String parent, @Nullable String state) {
            traceparent = parent;
            tracestate = state;
            return this;
        }

        /** Sets the W3C baggage, as it came in. */
        public Builder baggage(@Nullable String value) {
            baggage = value;
            return this;
        }

        /** Returns the context. */
        public CallContext build() {
            return new CallContext(this);
        }
    }
}
