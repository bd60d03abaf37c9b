package io.tulle.registry.store;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A task that runs on an executor whenever there is something to do: on one thread at a time, and once more when it was asked for meanwhile. Asking never
 * blocks, unless the executor runs tasks on the asking thread. Thread-safe.
 */
final class SerialTask {
    private final Executor executor;
    private final Runnable task;
    private final AtomicInteger asked = new AtomicInteger();

    SerialTask(Executor executor, Runnable task) {
        this.executor = executor;
        this.task = task;
    }

    /** Has the task run after this call, at least once. */
    void ask() {
        if (asked.getAndIncrement() == 0) {
            executor.execute(this::run);
        }
    }

    private void run() {
        int answered;
        boolean returned = false;
        try {
            do {
                answered = asked.get();
                task.run();
            } while (asked.addAndGet(-answered) != 0);
            returned = true;
        } finally {
            if (!returned) {
                asked.set(0); // it threw: whoever asks next starts it again
            }
        }
    }
}
