package io.tulle.client.registry;

/** An instant by the ticker at which something is to be done, or none. Confined to the session's thread. */
final class Alarm {
    private boolean set;
    private long at;

    /** Sets or moves it. */
    void at(long instant) {
        set = true;
        at = instant;
    }

    /** Moves it to {@code instant} unless it is earlier already. */
    void by(long instant) {
        if (!set || instant - at < 0) {
            at(instant);
        }
    }

    void off() {
        set = false;
    }

    boolean isSet() {
        return set;
    }

    /** Returns whether it is set and has come. */
    boolean due(long now) {
        return set && now - at >= 0;
    }

    /** Returns how long until it comes: 0 when it has, {@code most} when that is sooner or it is not set. */
    long until(long now, long most) {
        return set ? Math.max(0, Math.min(most, at - now)) : most;
    }
}
