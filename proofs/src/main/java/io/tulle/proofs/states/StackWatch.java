package io.tulle.proofs.states;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks at the calling threads' stacks all the time and counts how often one of them was waiting inside the session with the registry, or was in its HTTP client at all.
 * (Telling the session about an endpoint's failure is no waiting.) Thread-safe.
 */
final class StackWatch implements AutoCloseable {
    private static final long EVERY_MILLIS = 20;
    private static final String SESSION = "io.tulle.client.registry.";
    private static final String[] HTTP = {"java.net.http.", "jdk.internal.net.http."};

    private final ScheduledFuture<?> looking;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "states-stack-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong inside = new AtomicLong();

    StackWatch() {
        looking = timer.scheduleAtFixedRate(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns how many of them had to do with the registry. */
    long inside() {
        return inside.get();
    }

    @Override
    public void close() {
        looking.cancel(true);
        timer.shutdownNow();
    }

    private void look() {
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            if (entry.getKey().getName().startsWith(Callers.NAME)) {
                boolean waits = entry.getKey().getState() != Thread.State.RUNNABLE;
                if (Arrays.stream(entry.getValue()).anyMatch(frame -> isInside(frame, waits))) {
                    inside.incrementAndGet();
                }
            }
        }
    }

    private static boolean isInside(StackTraceElement frame, boolean waits) {
        String type = frame.getClassName();
        return waits && type.startsWith(SESSION) || Arrays.stream(HTTP).anyMatch(type::startsWith);
    }
}
