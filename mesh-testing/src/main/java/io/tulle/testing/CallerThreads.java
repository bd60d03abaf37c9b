package io.tulle.testing;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ThreadFactory;

/**
 * The threads that make calls in tests: platform threads, or virtual ones when the system property {@code callers} is {@code virtual}, which needs JDK 21 (found by
 * reflection, because this is compiled for 17).
 */
public final class CallerThreads {
    private static final String PROPERTY = "callers";

    private CallerThreads() {}

    /** Returns whether callers are virtual threads. */
    public static boolean virtual() {
        return "virtual".equals(System.getProperty(PROPERTY));
    }

    /**
     * Returns a factory of such threads; platform ones are daemons.
     *
     * @throws IllegalStateException if virtual threads are asked for and this JDK has none
     */
    public static ThreadFactory factory() {
        if (virtual()) {
            return virtualFactory();
        }
        return task -> {
            Thread thread = new Thread(task, "caller");
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Returns whether {@code thread} is virtual. */
    public static boolean virtual(Thread thread) {
        try {
            return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
        } catch (NoSuchMethodException e) {
            return false; // a JDK that has none
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ThreadFactory virtualFactory() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    PROPERTY + ": virtual on Java " + Runtime.version().feature() + " (expected: 21 or newer)", e);
        }
    }
}
