package io.tulle.proofs.crossing;

import io.grpc.Context;
import io.tulle.api.context.CallContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** How a handler comes to the thread that makes its calls. */
enum Hop {
    SAME_THREAD {
        @Override
        CompletableFuture<String> run(Supplier<String> call) {
            return CompletableFuture.completedFuture(call.get());
        }
    },
    FOLLOWING_EXECUTOR {
        @Override
        CompletableFuture<String> run(Supplier<String> call) {
            CompletableFuture<String> result = new CompletableFuture<>();
            CallContext.following(POOL).execute(() -> complete(result, call));
            return result;
        }
    },
    FUTURE {
        @Override
        CompletableFuture<String> run(Supplier<String> call) {
            Executor following = CallContext.following(POOL);
            return CompletableFuture.supplyAsync(() -> "", following).thenApplyAsync(nothing -> call.get(), following);
        }
    },
    GRPC_CONTEXT {
        @Override
        CompletableFuture<String> run(Supplier<String> call) {
            CompletableFuture<String> result = new CompletableFuture<>();
            Runnable task = () -> complete(result, call);
            POOL.execute(Context.current().wrap(task));
            return result;
        }
    },
    VIRTUAL_THREAD {
        @Override
        CompletableFuture<String> run(Supplier<String> call) {
            CompletableFuture<String> result = new CompletableFuture<>();
            startVirtually(CallContext.current().wrap(() -> complete(result, call)));
            return result;
        }
    };

    private static final ThreadFactory DAEMONS = task -> {
        Thread thread = new Thread(task, "hop");
        thread.setDaemon(true);
        return thread;
    };
    private static final ExecutorService POOL = Executors.newCachedThreadPool(DAEMONS);

    abstract CompletableFuture<String> run(Supplier<String> call);

    /** Returns whether this JVM has what it takes. */
    boolean possible() {
        return this != VIRTUAL_THREAD || Runtime.version().feature() >= 21;
    }

    private static void complete(CompletableFuture<String> result, Supplier<String> call) {
        try {
            result.complete(call.get());
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private static void startVirtually(Runnable task) {
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("virtual threads on JDK " + Runtime.version(), e);
        }
    }
}
