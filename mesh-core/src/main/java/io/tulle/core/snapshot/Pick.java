package io.tulle.core.snapshot;

import io.tulle.api.call.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The place where one attempt's endpoint is written: filled by {@link EndpointGroup#pick}. Belongs to one attempt and is confined to the thread that
 * drives it.
 */
public abstract class Pick {
    private static final long NO_TICKET = -1;

    private @Nullable Endpoint endpoint;
    private @Nullable Verdict refusal;
    private long ticket = NO_TICKET;
    private boolean panic;
    private boolean trial;

    /** For subclasses: an attempt is the place where its pick is written. */
    protected Pick() {}

    /** Returns the endpoint, or null when there is none (yet). */
    public final @Nullable Endpoint endpoint() {
        return endpoint;
    }

    /** Returns why there is no endpoint, or null when there is one or the driver must wait for a reachable one. */
    public final @Nullable Verdict refusal() {
        return refusal;
    }

    /** Returns whether the panic rule chose: health was ignored because too few endpoints were healthy. */
    public final boolean panic() {
        return panic;
    }

    /** Returns whether this is the one trial of an ejected endpoint, by which it comes back or stays out. */
    public final boolean trial() {
        return trial;
    }

    /** Returns the ticket of the endpoint's health that admitted the attempt. */
    protected final long ticket() {
        return ticket;
    }

    /** Returns whether {@code candidate} has had an attempt of this call already. */
    protected abstract boolean tried(Endpoint candidate);

    /** Returns whether an attempt of this call at {@code candidate} has ended without a response. */
    protected boolean lost(Endpoint candidate) {
        return false;
    }

    final void picked(Endpoint chosen, long newTicket, boolean inPanic) {
        endpoint = chosen;
        ticket = newTicket;
        panic = inPanic;
        trial = false;
        refusal = null;
    }

    final void onTrial() {
        trial = true;
    }

    final void refused(@Nullable Verdict reason) {
        endpoint = null;
        refusal = reason;
    }
}
