package io.tulle.core.outlier;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An endpoint's page in the {@link EjectionLedger}: is it in or out, and what do its last outcomes look like. Thread-safe. A success of a healthy
 * endpoint only reads.
 *
 * <pre>
 * from     to       when
 * HEALTHY  EJECTED  a detector fires and the ledger's cap allows it
 * EJECTED  PROBING  the ejection time has passed and a call asks: that call is the one trial
 * PROBING  HEALTHY  the trial succeeds
 * PROBING  EJECTED  the trial fails (for longer), or says nothing (due again at once)
 * PROBING  PROBING  the trial has not answered for a base ejection time and a call asks: that call is the trial now
 * </pre>
 *
 * <p>A ticket is the generation in which an attempt was admitted; each transition makes a new one. An outcome from an older generation is dropped.
 */
public final class EndpointHealth {
    static final int HEALTHY = 0;
    static final int EJECTED = 1;
    static final int PROBING = 2;

    private static final int KIND_BITS = 2;
    private static final long NOT_COUNTED = -1;
    private static final long FULL_WINDOW = 1L << 63;
    private static final VarHandle OUTCOMES;
    private static final VarHandle CONSECUTIVE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OUTCOMES = lookup.findVarHandle(EndpointHealth.class, "outcomes", long.class);
            CONSECUTIVE = lookup.findVarHandle(EndpointHealth.class, "consecutive", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Generation above, kind in the low two bits; written under the ledger's lock only. */
    private volatile long state;

    /**
     * The last outcomes, newest lowest, 1 for a failure, below a marker bit that says how many there are: 1 is none, and a window of 63 has its marker
     * in the sign bit. In a full window of successes another success changes nothing and writes nothing.
     */
    private volatile long outcomes = 1;

    private volatile int consecutive;

    /** Whether it would be out, but for the ledger's cap; written under its lock only. */
    private volatile boolean spared;

    // Below: guarded by the ledger's lock.
    private long ejectedUntil;
    private long returnedAt;
    private int ejections;

    /** Returns whether the endpoint takes its share of calls. */
    public boolean healthy() {
        return kind() == HEALTHY;
    }

    /** Returns whether the endpoint fails and is in only because too many others are out already: to the panic rule it is not healthy. */
    public boolean spared() {
        return spared;
    }

    /** Returns whether the endpoint is out and waits for its trial call. */
    boolean ejected() {
        return kind() == EJECTED;
    }

    /** Returns the ticket of an attempt that is admitted now; of one that is not healthy, a ticket whose outcome is dropped: only the trial decides. */
    public long admit() {
        long seen = state;
        return kind(seen) == HEALTHY ? seen >>> KIND_BITS : NOT_COUNTED;
    }

    /** Returns the current generation. */
    long ticket() {
        return state >>> KIND_BITS;
    }

    int kind() {
        return kind(state);
    }

    private static int kind(long state) {
        return (int) state & (1 << KIND_BITS) - 1;
    }

    /** Counts a success of a healthy endpoint. */
    void succeed() {
        if (consecutive != 0) {
            consecutive = 0;
        }
        push(0);
    }

    /** Counts a failure of a healthy endpoint and returns how many there have been in a row. */
    int fail() {
        push(1);
        return (int) CONSECUTIVE.getAndAdd(this, 1) + 1;
    }

    /** Turns the latest success into a failure, and returns how many failures there have been in a row. */
    int failInstead() {
        while (true) {
            long old = outcomes;
            long successes = ~old & (Long.highestOneBit(old) - 1);
            if (successes == 0) {
                return fail(); // the window has forgotten that success
            }
            if (OUTCOMES.compareAndSet(this, old, old | Long.lowestOneBit(successes))) {
                return (int) CONSECUTIVE.getAndAdd(this, 1) + 1;
            }
        }
    }

    private void push(int failure) {
        while (true) {
            long old = outcomes;
            long shifted = old << 1 | failure | old & FULL_WINDOW;
            if (shifted == old || OUTCOMES.compareAndSet(this, old, shifted)) {
                return;
            }
        }
    }

    /** Returns how many outcomes the window holds, 0 to 63. */
    int calls() {
        return 63 - Long.numberOfLeadingZeros(outcomes);
    }

    /** Returns how many of them were failures. */
    int failures() {
        return Long.bitCount(outcomes) - 1;
    }

    // Under the ledger's lock.

    void become(int kind) {
        state = (ticket() + 1) << KIND_BITS | kind;
        outcomes = 1;
        consecutive = 0;
        spared = false;
    }

    void spare(boolean newSpared) {
        spared = newSpared;
    }

    long ejectedUntil() {
        return ejectedUntil;
    }

    void ejectUntil(long untilNanos) {
        ejectedUntil = untilNanos;
    }

    /** Forgives one ejection for each {@code baseNanos} that the endpoint has been back, counts the new one, and returns how many stand. */
    int countEjection(long now, long baseNanos) {
        long forgiven = ejections == 0 ? 0 : Math.max(0, now - returnedAt) / baseNanos;
        ejections = (int) Math.max(0, ejections - forgiven) + 1;
        return ejections;
    }

    /** Counts an ejection that follows a failed trial: nothing is forgiven. */
    int countRepeatedEjection() {
        return ++ejections;
    }

    void returned(long now) {
        returnedAt = now;
    }
}
