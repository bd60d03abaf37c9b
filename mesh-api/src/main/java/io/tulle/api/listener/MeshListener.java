package io.tulle.api.listener;

import java.time.Instant;

/**
 * Receives every decision of the engine. It observes and cannot change anything.
 *
 * <p>Starts and ends are paired: each {@code callStarted} is followed by exactly one {@code callEnded}, each {@code attemptStarted} by exactly one
 * {@code attemptEnded}, each {@code requestStarted} by exactly one {@code requestEnded}. Callbacks of one call never overlap; those of different calls do, so
 * implementations are thread-safe. Attempts of one call may overlap ({@link AttemptInfo#hedge}): tell them apart by number; one that lost or was cancelled may end
 * after {@code callEnded}. Callbacks run on the call path: be quick, do not block. A listener that throws does not disturb the call; the exception goes to
 * {@link #listenerFailed}.
 */
public interface MeshListener {
    /** Ignores everything. */
    MeshListener NONE = new MeshListener() {};

    /** A call has started; its route is known unless the service is not. */
    default void callStarted(CallInfo call) {}

    /** An attempt has its endpoint (or failed to get one) and is about to be sent. */
    default void attemptStarted(CallInfo call, AttemptInfo attempt) {}

    /** An attempt has ended: its body or stream is over and its load released. */
    default void attemptEnded(CallInfo call, AttemptInfo attempt) {}

    /** A call will be tried again after {@code delayNanos}. Not told of a hedge, which goes at once: it shows as an attempt. */
    default void retryScheduled(CallInfo call, long delayNanos) {}

    /** A call would have been tried again or hedged, but the retry budget is spent; once per call. */
    default void retryDenied(CallInfo call) {}

    /** A call has ended; {@link CallInfo#verdict()} is set. */
    default void callEnded(CallInfo call) {}

    /** A request has come to this process; {@link ServedInfo#denial} is set if it was refused. */
    default void requestStarted(ServedInfo request) {}

    /** The answer to a request is complete, or there will be none; {@link ServedInfo#verdict} is set. Follows each {@code requestStarted} exactly once. */
    default void requestEnded(ServedInfo request) {}

    /** An endpoint was ejected for {@code nanos}. */
    default void endpointEjected(EndpointInfo endpoint, EjectionReason reason, long nanos) {}

    /** An ejected endpoint passed its trial call and takes traffic again. */
    default void endpointReturned(EndpointInfo endpoint) {}

    /** A service breaker changed its state. */
    default void breakerChanged(String service, BreakerState from, BreakerState to) {}

    /** A new configuration is in force; {@code version} grows by one each time. */
    default void configApplied(long version, int resources) {}

    /** A newer configuration was refused; the last good one stays in force. */
    default void configRejected(String reason) {}

    /** A certificate of this process is in force: {@code id} is who it says the process is, {@code expires} when it ends. */
    default void certificateLoaded(String id, Instant expires) {}

    /** A newer certificate, key or list of authorities was refused and the last good ones stay in force; or those in force have expired. */
    default void certificateRejected(String reason) {}

    /** A listener (possibly this one) threw. */
    default void listenerFailed(RuntimeException failure) {}
}
