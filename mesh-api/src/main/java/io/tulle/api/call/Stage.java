package io.tulle.api.call;

/**
 * The stages of a call, outermost first: the one place that states their order. {@code CallMachine} runs them in this order; a rejection names the
 * stage it came from.
 */
public enum Stage {
    /** Bounds everything below, back-off included; so it stands above all. */
    DEADLINE,
    /** Chooses rule and weighted destination once per call: above retry, so that an attempt cannot move between versions. */
    ROUTE,
    /** Counts verdicts, not attempts: above retry, so that a call rescued by a retry counts as a success. */
    SERVICE_BREAKER,
    /** Decides about another attempt and pays for it from the budget: above pick, so that each attempt picks anew. */
    RETRY,
    /** Chooses an endpoint per attempt; ejection ledger and concurrency limit live here and cost neither attempt nor budget. */
    PICK,
    /** Bounds one attempt until its head is accepted; below retry, because its expiry is one attempt's failure. */
    ATTEMPT_TIMEOUT,
    /** The attempt itself, executed by the driver. */
    WIRE
}
