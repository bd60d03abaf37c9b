package io.tulle.api.listener;

import io.tulle.api.call.Stage;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.resource.Protocol;
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

    /** Returns what the caller speaks. */
    Protocol protocol();

    /** Returns the request's method; {@code POST} for gRPC. */
    String method();

    /** Returns the request's path; {@code /package.Service/Method} for gRPC. It is not bounded: never use it as a metric label. */
    String path();

    /** Returns the ticker's reading when the call started. */
    long startNanos();

    /** Returns the ticker's reading when the call ended, or 0 before. */
    long endNanos();

    /** Returns how many attempts were dispatched. */
    int attempts();

    /** Returns the endpoint of the attempt that decided the call, before that of the one dispatched last; null when that has none. */
    @Nullable
    EndpointInfo endpoint();

    /** Returns how the call ended, or null before. */
    @Nullable
    Verdict verdict();

    /** Returns the status of the committed response, or 0; for gRPC the HTTP status that stands for its code. */
    int status();

    /** Returns the gRPC code that the last attempt brought, 0 to 16; -1 when none did, or the call is no gRPC call. */
    int grpcStatus();

    /** Returns the stage that refused the call, or null when none did. */
    @Nullable
    Stage rejectedBy();

    /** Returns whether an attempt was sent by the panic rule to an endpoint that is ejected. */
    boolean panic();

    /** Returns what the call is made for; {@link CallContext#NONE} when it is made for nothing. */
    CallContext context();

    /** Returns what {@code owner} has attached to this call, or null. */
    @Nullable
    Object attached(Object owner);

    /**
     * Keeps {@code value} with this call for as long as the call is referred to, in place of what {@code owner} had attached before: how a listener remembers
     * something of a call without a map of calls. Only during a callback of {@link MeshListener}.
     *
     * @param owner who asks for it again, normally the listener; compared by identity
     */
    void attach(Object owner, Object value);
}
