package io.tulle.registry;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** What a registry releases at its end, last added first, each once. Thread-safe. */
final class Closing implements AutoCloseable {
    private final Deque<Runnable> actions = new ConcurrentLinkedDeque<>();

    void add(Runnable action) {
        actions.push(action);
    }

    /** Runs every action; throws the first failure, with the others suppressed, after the last. */
    @Override
    public void close() {
        RuntimeException failure = null;
        for (Runnable action = actions.poll(); action != null; action = actions.poll()) {
            failure = run(action, failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException run(Runnable action, @Nullable RuntimeException before) {
        try {
            action.run();
            return before;
        } catch (RuntimeException e) {
            if (before == null) {
                return e;
            }
            before.addSuppressed(e);
            return before;
        }
    }
}
