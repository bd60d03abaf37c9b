package io.tulle.core.balance;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What an endpoint costs a call now: peak-EWMA of its latency times what it has in flight. Thread-safe; the in-flight count is exact, the average is
 * allowed to lose an update to a race.
 *
 * <p>Peak-EWMA (Finagle) takes a latency above the average over at once and forgets it with the time constant {@code decay}. A failure counts as a
 * latency of at least the failure penalty: an endpoint that fails fast must not look fast.
 */
public final class EndpointLoad {
    /** The load of an endpoint that has no sample yet but work in flight: worse than any known one, and worse with more of it. */
    private static final double UNKNOWN = 1e15;

    private static final VarHandle IN_FLIGHT;
    private static final VarHandle COST;
    private static final VarHandle STAMP;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            IN_FLIGHT = lookup.findVarHandle(EndpointLoad.class, "inFlight", int.class);
            COST = lookup.findVarHandle(EndpointLoad.class, "cost", double.class);
            STAMP = lookup.findVarHandle(EndpointLoad.class, "stamp", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through IN_FLIGHT
    private volatile int inFlight;

    @SuppressWarnings("unused") // through COST; nanoseconds, 0 while there is no sample
    private double cost;

    @SuppressWarnings("unused") // through STAMP; when cost was last written
    private long stamp;

    /** Counts an attempt in and returns how many are in flight, this one included. */
    public int begin() {
        return (int) IN_FLIGHT.getAndAdd(this, 1) + 1;
    }

    /** Counts an attempt out. */
    public void end() {
        IN_FLIGHT.getAndAdd(this, -1);
    }

    /** Returns how many attempts are in flight. */
    public int inFlight() {
        return (int) IN_FLIGHT.getOpaque(this);
    }

    /** Takes in the latency of an attempt: the time to its head, never the length of its stream. */
    public void observe(long latencyNanos, long now, Decay decay) {
        double sample = Math.max(1, latencyNanos);
        double known = (double) COST.getOpaque(this);
        if (sample < known) {
            double remembered = decay.factor(now - (long) STAMP.getOpaque(this));
            if (remembered == 1) {
                return; // too soon after the last to move the average; taking the stamp along would stop it from ever
                // being forgotten
            }
            sample = known * remembered + sample * (1 - remembered);
        }
        COST.setOpaque(this, sample);
        STAMP.setOpaque(this, now);
    }

    /** Forgets what is known and starts from one latency: the endpoint has come back. */
    public void restart(long latencyNanos, long now) {
        COST.setOpaque(this, (double) Math.max(1, latencyNanos));
        STAMP.setOpaque(this, now);
    }

    /** Takes in that an attempt had run for {@code elapsedNanos} when it was given up: its latency is at least that. */
    public void observeAtLeast(long elapsedNanos, long now, Decay decay) {
        if (elapsedNanos > cost(now, decay)) {
            observe(elapsedNanos, now, decay);
        }
    }

    /** Returns the average latency in nanoseconds as it is remembered at {@code now}; 0 when nothing is known. */
    public double cost(long now, Decay decay) {
        double known = (double) COST.getOpaque(this);
        return known == 0 ? 0 : known * decay.factor(now - (long) STAMP.getOpaque(this));
    }

    /** Returns what one more attempt would cost. */
    double load(long now, Decay decay) {
        double known = cost(now, decay);
        int pending = (int) IN_FLIGHT.getOpaque(this);
        return known == 0 && pending > 0 ? UNKNOWN + pending : known * (pending + 1);
    }
}
