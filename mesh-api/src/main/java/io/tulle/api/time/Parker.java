package io.tulle.api.time;

/**
 * How a blocking driver waits: the only place where a caller's thread stops. Injected so that tests wait in virtual time.
 */
public interface Parker {
    /**
     * Waits until the ticker reaches {@code untilNanos} ({@link Instants#NEVER}: without limit), until {@link #unpark} is called for this thread, or
     * spuriously; the caller re-checks its condition.
     *
     * @throws InterruptedException if the waiting thread is interrupted; its interrupt status is then cleared
     */
    void parkUntil(long untilNanos) throws InterruptedException;

    /** Wakes {@code thread} if it is parked here, or lets its next {@link #parkUntil} return at once. */
    void unpark(Thread thread);
}
