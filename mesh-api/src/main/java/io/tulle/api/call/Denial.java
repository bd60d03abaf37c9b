package io.tulle.api.call;

/**
 * Why a server has refused a request before acting on it. The caller reads the reason in {@link MeshHeaders#REFUSED} and may send the request elsewhere, whether or
 * not it is idempotent.
 */
public enum Denial {
    /** The caller's deadline had passed before anything was done: nobody would read the answer. gRPC: {@code DEADLINE_EXCEEDED}. */
    EXPIRED("expired", 504, "the deadline of the caller had passed when the request was looked at"),
    /**
     * The process already serves as many requests as its policy allows ({@code TrafficPolicy.inbound.maxInFlight}). gRPC: {@code UNAVAILABLE}, because what is
     * refused as {@code RESOURCE_EXHAUSTED} nobody sends elsewhere.
     */
    OVERLOADED("overloaded", 503, "this process serves as many requests as its policy allows (inbound.maxInFlight)");

    private final String reason;
    private final int status;
    private final String detail;

    Denial(String reason, int status, String detail) {
        this.reason = reason;
        this.status = status;
        this.detail = detail;
    }

    /** Returns the reason as it stands in {@link MeshHeaders#REFUSED}. */
    public String reason() {
        return reason;
    }

    /** Returns the HTTP status that says so. */
    public int status() {
        return status;
    }

    /** Returns what has happened, for people: a clause that goes behind the name of the service and a colon. Plain ASCII without quotes. */
    public String detail() {
        return detail;
    }
}
