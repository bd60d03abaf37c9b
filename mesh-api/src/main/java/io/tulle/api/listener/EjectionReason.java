package io.tulle.api.listener;

/** Which detector ejected an endpoint. */
public enum EjectionReason {
    /** Too many failures in a row. */
    CONSECUTIVE_FAILURES,
    /** The share of failures among the last calls reached the endpoint breaker's threshold. */
    FAILURE_RATE,
    /** The trial call of an ejected endpoint failed. */
    PROBE_FAILED
}
