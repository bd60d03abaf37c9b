package io.tulle.api.listener;

import io.tulle.api.call.Stage;
import io.tulle.api.call.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A live view of a call, valid only during the callback that hands it over; copy what you keep. Before its route is known, {@link #rule()} and
 * {@link #subset()} are empty strings.
 */
public interface CallInfo {
    /** Returns the called service as {@code <namespace>/<service>}. */
    String service();

    /** Returns the name of the route rule that matched; empty for the default rule. */
    String rule();

    /** Returns the subset that the split chose; empty for the whole service. */
    String subset();

    /** Returns the request's method. */
    String method();

    /** Returns the request's path. It is not bounded: never use it as a metric label. */
    String path();

    /** Returns the ticker's reading when the call started. */
    long startNanos();

    /** Returns the ticker's reading when the call ended, or 0 before. */
    long endNanos();

    /** Returns how many attempts were dispatched. */
    int attempts();

    /** Returns the endpoint that the last attempt picked, or null when there is none. */
    @Nullable
    EndpointInfo endpoint();

    /** Returns how the call ended, or null before. */
    @Nullable
    Verdict verdict();

    /** Returns the status of the committed response, or 0. */
    int status();

    /** Returns the stage that refused the call, or null when none did. */
    @Nullable
    Stage rejectedBy();

    /** Returns whether an attempt was sent by the panic rule to an endpoint that is ejected. */
    boolean panic();
}
