package io.tulle.core.call;

import static io.tulle.api.time.Instants.NEVER;

import io.tulle.api.time.Instants;

/**
 * Whether and when the next attempt of one call goes out beside those that are out, after the hedgingPolicy of gRFC A6. It counts nothing and pays
 * nothing: {@link CallMachine} does. Confined like it.
 */
final class Hedging {
    private final long delayNanos;
    private final int most;
    private long at = NEVER;
    private long pausedUntil = NEVER; // NEVER: there is no pause
    private boolean stopped;
    private boolean forbidden;

    /**
     * Creates the hedging of a call that has no attempt yet.
     *
     * @param delayNanos how long the latest attempt is waited for
     * @param most how many attempts may be out at once
     */
    Hedging(long delayNanos, int most) {
        this.delayNanos = delayNanos;
        this.most = most;
    }

    /** Returns when the next attempt is due, or NEVER. */
    long at() {
        return at;
    }

    boolean due(long now) {
        return Instants.hasCome(at, now);
    }

    /** An attempt was dispatched, and {@code live} are now waited for. */
    void dispatched(int live, long now) {
        at = stopped || live >= most ? NEVER : notInAPause(Instants.after(now, delayNanos));
    }

    /** The latest attempt has not been sent yet; another would wait for the same. */
    void putOff(long now) {
        at = Instants.after(now, Math.max(1, delayNanos));
    }

    /** An attempt has failed while others are out: the next is due at once, unless the server asks for a pause or for no more. */
    void failed(long pushBackNanos, long now) {
        if (pushBackNanos == NEVER) {
            forbidden = true;
            stop();
        } else if (pushBackNanos > 0) {
            long until = Instants.after(now, pushBackNanos);
            pausedUntil = pausedUntil == NEVER || until - pausedUntil > 0 ? until : pausedUntil;
        }
        at = stopped ? NEVER : notInAPause(now);
    }

    private long notInAPause(long instant) {
        return pausedUntil != NEVER && pausedUntil - instant > 0 ? pausedUntil : instant;
    }

    /** There is no more hedging in this call. */
    void stop() {
        stopped = true;
        at = NEVER;
    }

    /** Returns how long the server wants to be left alone, in nanoseconds; {@link Instants#NEVER} when it wants no further attempt, -1 when it has not said. */
    long pause(long now) {
        return forbidden ? NEVER : pausedUntil == NEVER ? -1 : pausedUntil - now;
    }
}
