package io.tulle.api.call;

/**
 * What became of a call.
 *
 * <p>A <em>rejection</em> is local and never counts against an endpoint; a <em>failure</em> came from the wire.
 */
public enum Verdict {
    /** A response was committed and ended well; its status is not a server failure. */
    SUCCESS(false),
    /** A response that counts as a server failure was committed, or its body broke. */
    FAILED_RESPONSE(false),
    /** No attempt brought a response. */
    FAILED(false),
    /** The deadline passed. */
    DEADLINE_EXCEEDED(false),
    /** The caller cancelled. */
    CANCELLED(false),
    /** The route's service is not known. */
    UNKNOWN_SERVICE(true),
    /** The destination has no endpoints at all. */
    NO_ENDPOINTS(true),
    /** Endpoints exist, but all are ejected and the panic rule is off. */
    NO_HEALTHY_ENDPOINT(true),
    /** Every endpoint that was picked is at its concurrency limit. */
    OVERLOADED(true),
    /** The service breaker is open. */
    BREAKER_OPEN(true);

    private final boolean rejection;

    Verdict(boolean rejection) {
        this.rejection = rejection;
    }

    /** Returns whether the call was refused here, without anything having been sent by the last attempt. */
    public boolean rejection() {
        return rejection;
    }
}
