package io.tulle.testing.tck;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the application does with a call, besides waiting for it and reading the response's body to its end.
 *
 * @param cancelAfter when it cancels the call, from the call's start; null: never
 * @param closeAfter when it closes the response unread, from the moment that it has it; null: it reads to the end instead
 * @param hold whether it keeps the response open and unread until {@link DriverUnderTest.Client#close}
 */
public record Caller(
        @Nullable Duration cancelAfter, @Nullable Duration closeAfter, boolean hold) {
    /** Waits and reads to the end. */
    public static final Caller PATIENT = new Caller(null, null, false);

    /** Cancels the call {@code after} its start, if it is still going on. */
    public static Caller cancelsAfter(Duration after) {
        return new Caller(after, null, false);
    }

    /** Closes the response unread {@code after} it has come. */
    public static Caller closesAfter(Duration after) {
        return new Caller(null, after, false);
    }

    /** Keeps the response open while further calls are made; its body must last longer than the scenario. */
    public static Caller holds() {
        return new Caller(null, null, true);
    }
}
