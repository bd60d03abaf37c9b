package io.tulle.proofs.states;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Looks at the calling threads' stacks all the time and counts how often one of them was waiting inside the session with the registry, or was in its HTTP
 * client at all. (Telling the session about an endpoint's failure is no waiting.) Thread-safe.
 */
final class StackWatch implements AutoCloseable {
    private static final long EVERY_MILLIS = 20;
    private static final int SHOWN = 12;
    private static final String SESSION = "io.tulle.client.registry.";
    private static final String[] HTTP = {"java.net.http.", "jdk.internal.net.http."};

    private final ScheduledFuture<?> looking;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "states-stack-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Queue<String> inside = new ConcurrentLinkedQueue<>();

    StackWatch() {
        looking = timer.scheduleAtFixedRate(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns those that had to do with the registry, since the last time. */
    List<String> take() {
        List<String> taken = new ArrayList<>();
        for (String stack = inside.poll(); stack != null; stack = inside.poll()) {
            taken.add(stack);
        }
        return taken;
    }

    @Override
    public void close() {
        looking.cancel(true);
        timer.shutdownNow();
    }

    private void look() {
        for (ThreadInfo thread : threads.dumpAllThreads(false, false)) {
            if (thread != null && thread.getThreadName().startsWith(Callers.NAME) && isInside(thread)) {
                inside.add(thread.getThreadState() + " "
                        + Arrays.stream(thread.getStackTrace())
                                .limit(SHOWN)
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining(" < ")));
            }
        }
    }

    private static boolean isInside(ThreadInfo thread) {
        boolean waits = thread.getThreadState() != Thread.State.RUNNABLE;
        return Arrays.stream(thread.getStackTrace())
                .map(StackTraceElement::getClassName)
                .anyMatch(type ->
                        waits && type.startsWith(SESSION) || Arrays.stream(HTTP).anyMatch(type::startsWith));
    }
}
