package io.tulle.core.call;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.TransportError;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.EndpointGroup;
import io.tulle.core.snapshot.Pick;
import io.tulle.core.snapshot.Reachable;
import org.jspecify.annotations.Nullable;

/** One try of a call on the wire. Confined, like its {@link CallMachine}, to the thread that drains the call. */
public final class Attempt extends Pick implements AttemptInfo {
    private final CallMachine call;
    private final @Nullable Attempt former;
    private final int number;
    private final boolean hedge;
    private final long startNanos;
    private long pickedNanos; // what was waited before is not the endpoint's
    private long headNanos;
    private long latencyNanos; // from the pick to the head, without connecting
    private long endNanos;
    private int status;
    private int grpcStatus = -1;
    private @Nullable TransportError cancelledAs;
    private @Nullable Outcome outcome;
    private boolean started;
    private boolean blameless; // by the machine
    private boolean excused; // by the driver
    private @Nullable Endpoint refuser; // has had this attempt before the present endpoint
    private boolean headFailed;
    private boolean toCancel;

    Attempt(CallMachine call, @Nullable Attempt former, boolean hedge, long now) {
        this.call = call;
        this.former = former;
        this.hedge = hedge;
        number = former == null ? 1 : former.number + 1;
        startNanos = now;
    }

    /**
     * Chooses the endpoint of this attempt; the driver calls it when it is ready to send. A second pick releases the first as not sent.
     *
     * @return the endpoint; or null, and then {@link #refusal} says why, or is null too when the driver must wait until another endpoint is reachable
     *     and pick again. After a refusal the driver reports the attempt's end as {@link Outcome#NOT_SENT}.
     */
    public @Nullable Endpoint pick(Reachable reachable, long now) {
        EndpointGroup group = call.requireGroup();
        Endpoint first = endpoint();
        if (first != null) {
            group.abandoned(first, ticket(), 0, now);
            group.ended(first);
        }
        group.pick(this, reachable, call.random(), now);
        Endpoint chosen = endpoint();
        if (chosen != null) {
            pickedNanos = now;
            tellStart();
        }
        return chosen;
    }

    /**
     * Says that the endpoint has certainly not processed this attempt, and that the driver is about to {@link #pick} again for it: that goes elsewhere, if it can,
     * and so do further attempts.
     */
    public void refused() {
        refuser = endpoint();
    }

    private void tellStart() {
        if (!started) {
            started = true;
            call.attemptStarted(this);
        }
    }

    @Override
    protected boolean tried(Endpoint candidate) {
        if (wasRefusedBy(candidate)) {
            return true;
        }
        for (Attempt attempt = former; attempt != null; attempt = attempt.former) {
            if (attempt.wasAt(candidate) || attempt.wasRefusedBy(candidate)) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected boolean lost(Endpoint candidate) {
        for (Attempt attempt = former; attempt != null; attempt = attempt.former) {
            if (attempt.wasAt(candidate) && attempt.ended() && attempt.status() == 0) {
                return true;
            }
        }
        return false;
    }

    private boolean wasAt(Endpoint candidate) {
        Endpoint had = endpoint();
        return had != null && had.equals(candidate);
    }

    private boolean wasRefusedBy(Endpoint candidate) {
        Endpoint by = refuser;
        return by != null && by.equals(candidate);
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public long startNanos() {
        return startNanos;
    }

    /** Returns when the endpoint was chosen. */
    public long pickedNanos() {
        return pickedNanos;
    }

    @Override
    public long headNanos() {
        return headNanos;
    }

    @Override
    public long endNanos() {
        return endNanos;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public int grpcStatus() {
        return grpcStatus;
    }

    /** Notes the gRPC code (0 to 16) of the trailers; the driver calls it before it reports the head or the end that they came with. */
    public void grpcStatus(int code) {
        grpcStatus = code;
    }

    @Override
    public @Nullable Outcome outcome() {
        return outcome;
    }

    @Override
    public boolean hedge() {
        return hedge;
    }

    /** Returns the attempt that was dispatched before this one, or null. */
    @Nullable
    Attempt former() {
        return former;
    }

    boolean started() {
        return started;
    }

    /** Returns whether this attempt is being waited for: it has neither ended nor been given up. */
    boolean live() {
        return outcome == null && cancelledAs == null;
    }

    boolean ended() {
        return outcome != null;
    }

    /** Returns why the machine gave this attempt up, or null: TIMEOUT when its time or the call's was over, CANCELLED when it was not needed any more. */
    public @Nullable TransportError cancelledAs() {
        return cancelledAs;
    }

    /** Gives the attempt up, of which the driver is to be told; {@code blamed} is whether that speaks against its endpoint, when the reason may. */
    void leave(TransportError reason, boolean blamed) {
        cancelledAs = reason;
        blameless = !blamed;
        toCancel = true;
    }

    /**
     * Returns whether the machine would hold a failure against the endpoint: not when it has given this attempt up because it was not needed, or by a deadline
     * that left no time. The driver may ask when it reports the end.
     */
    public boolean blamable() {
        return !blameless && cancelledAs != TransportError.CANCELLED;
    }

    /**
     * Says that this attempt has failed, or run out of time, by what speaks against its endpoint no further: a trouble that another attempt is held for, or one
     * of this side. To the endpoint's health that is nothing, to its latency a lower bound; to the call and to listeners it is what it is. The driver calls it
     * before it reports the end.
     */
    public void excuse() {
        excused = true;
    }

    /** Returns whether it was given up and the driver has not been told. */
    boolean toCancel() {
        return toCancel;
    }

    void cancelTold() {
        toCancel = false;
    }

    /** Returns whether the endpoint has been silent for so long that a deadline's passing is its failure, and not the caller's haste. */
    boolean overdue(long now) {
        return status == 0 && now - pickedNanos >= call.requireGroup().patienceNanos();
    }

    /** Notes the head and what it says about the endpoint. */
    void head(ResponseHead head, ResponseClassifier.Class says, long now) {
        status = head.status();
        headNanos = now;
        latencyNanos = now - pickedNanos - head.connectNanos();
        Endpoint chosen = endpoint();
        if (chosen == null) {
            return;
        }
        EndpointGroup group = call.requireGroup();
        switch (says) {
            case SUCCESS -> group.succeeded(chosen, ticket(), latencyNanos, now);
            case FAILURE -> {
                headFailed = true;
                group.failed(chosen, ticket(), latencyNanos, now);
            }
            case IGNORE -> group.abandoned(chosen, ticket(), latencyNanos, now);
        }
    }

    /** Notes the end and releases the load. {@code says} is what the end tells about the endpoint beyond what the head has told. */
    void end(Outcome newOutcome, ResponseClassifier.Class says, long now) {
        Endpoint chosen = endpoint();
        if (chosen == null && refusal() != null) {
            tellStart(); // not at the refusal: one that waits may have an endpoint yet
        }
        outcome = newOutcome;
        endNanos = now;
        if (chosen == null) {
            return;
        }
        EndpointGroup group = call.requireGroup();
        boolean failed = says == ResponseClassifier.Class.FAILURE && !blameless && !excused;
        if (status == 0) {
            if (failed) {
                group.failed(chosen, ticket(), now - pickedNanos, now);
            } else {
                group.abandoned(chosen, ticket(), now - pickedNanos, now);
            }
        } else if (failed && !headFailed) { // one outcome per attempt
            group.broken(chosen, ticket(), latencyNanos, now); // how long a stream lasted says nothing about speed
        }
        group.ended(chosen);
    }
}
