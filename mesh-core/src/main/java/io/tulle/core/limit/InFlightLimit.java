package io.tulle.core.limit;

/** A fixed bound on what one endpoint may have in flight from this client. Immutable; it reads the balancer's own counter and keeps none. */
public final class InFlightLimit {
    /** Admits everything. */
    public static final InFlightLimit NONE = new InFlightLimit(Integer.MAX_VALUE);

    /** What {@link #tryAdmit} answers when the limit is reached. */
    public static final long REJECTED = -1;

    private final int max;

    /** Creates a limit of {@code max} attempts in flight, at least 1. */
    public InFlightLimit(int max) {
        this.max = max;
    }

    /**
     * Returns a ticket (0 or more) when an endpoint that has {@code inFlight} attempts, the asking one included, is within the limit, or
     * {@link #REJECTED}. There is nothing to complete: the balancer counts the attempt out.
     */
    public long tryAdmit(int inFlight) {
        return inFlight <= max ? 0 : REJECTED;
    }
}
