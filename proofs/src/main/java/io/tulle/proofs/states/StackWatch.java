package io.tulle.proofs.states;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at the calling threads' stacks all the time and counts how often one of them was inside the session with the registry. Thread-safe. */
final class StackWatch implements AutoCloseable {
    private static final long EVERY_MILLIS = 20;
    private static final String[] SESSION = {"io.tulle.client.registry.", "java.net.http.", "jdk.internal.net.http."};

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "states-stack-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong looks = new AtomicLong();
    private final AtomicLong inside = new AtomicLong();

    StackWatch() {
        timer.scheduleAtFixedRate(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns how many stacks were looked at. */
    long looks() {
        return looks.get();
    }

    /** Returns how many of them were inside the session. */
    long inside() {
        return inside.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void look() {
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            if (entry.getKey().getName().startsWith(Callers.NAME)) {
                looks.incrementAndGet();
                if (Arrays.stream(entry.getValue()).anyMatch(StackWatch::ofSession)) {
                    inside.incrementAndGet();
                }
            }
        }
    }

    private static boolean ofSession(StackTraceElement frame) {
        return Arrays.stream(SESSION).anyMatch(frame.getClassName()::startsWith);
    }
}
