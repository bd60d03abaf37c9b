package io.tulle.api.listener;

/** The state of a circuit breaker. */
public enum BreakerState {
    /** Calls pass and are counted. */
    CLOSED,
    /** Calls are refused until the open duration has passed. */
    OPEN,
    /** A few trial calls pass; they alone decide what comes next. */
    HALF_OPEN
}
