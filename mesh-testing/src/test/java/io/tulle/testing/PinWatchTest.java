package io.tulle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The watch sees a pinned thread when there is one: one that waits in a class initialiser, which no JDK can unmount. */
class PinWatchTest {
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void seesAThreadThatWaitsInAClassInitialiser() throws Exception {
        PinWatch watch = new PinWatch();
        onVirtualThread(Planted::touch);
        assertThat(watch.stop().places()).anyMatch(place -> place.contains("PinWatchTest$Planted"));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void seesNothingWhereAThreadJustWaits() throws Exception {
        PinWatch watch = new PinWatch();
        onVirtualThread(() -> LockSupport.parkNanos(1_000_000));
        PinWatch.Pinned pinned = watch.stop();
        assertThat(pinned.threads()).isPositive();
        assertThat(pinned.places()).noneMatch(place -> place.contains("PinWatchTest"));
    }

    private static void onVirtualThread(Runnable task)
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException, InterruptedException {
        Thread thread = (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        thread.join();
    }

    private static final class Planted {
        static {
            LockSupport.parkNanos(1_000_000);
        }

        static void touch() {}
    }
}
