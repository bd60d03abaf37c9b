package io.tulle.core.snapshot;

/** Which endpoints a driver can send to at this moment. HTTP connects on demand: all. gRPC: those whose subchannel is ready. */
@FunctionalInterface
public interface Reachable {
    /** Every endpoint. */
    Reachable ALL = endpoint -> true;

    /** Returns whether an attempt can be sent to {@code endpoint} now. */
    boolean test(Endpoint endpoint);

    /** Returns whether one that was tested in vain may be reachable soon, so that it is better to wait than to call an ejected one. */
    default boolean soon() {
        return false;
    }
}
