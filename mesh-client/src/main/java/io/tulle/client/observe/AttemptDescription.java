package io.tulle.client.observe;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.TransportError;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.EndpointInfo;
import io.tulle.api.resource.Protocol;
import org.jspecify.annotations.Nullable;

/** What the span of an attempt says, by the semantic conventions for HTTP and gRPC clients. */
final class AttemptDescription {
    private static final int HTTP_PORT = 80;
    private static final int FIRST_ERROR = 400;

    private AttemptDescription() {}

    /** Returns the name of the span. */
    static String name(CallInfo call) {
        return call.protocol() == Protocol.GRPC ? Labels.rpcMethod(call.path()) : httpMethodName(call);
    }

    /** Returns the method as the names of spans have it. */
    static String httpMethodName(CallInfo call) {
        return Labels.knownMethod(call.method()) ? call.method() : MeshSemconv.OTHER_METHOD_NAME;
    }

    /** Says what is known before the attempt is sent. */
    static void begin(SpanBuilder span, CallInfo call, AttemptInfo attempt) {
        String host = host(call.service());
        span.setAttribute(MeshSemconv.SERVER_ADDRESS, host);
        if (call.protocol() == Protocol.GRPC) {
            span.setAttribute(MeshSemconv.RPC_SYSTEM_NAME, "grpc");
            span.setAttribute(MeshSemconv.RPC_METHOD, Labels.rpcMethod(call.path()));
        } else {
            beginHttp(span, call, attempt, host);
        }
        span.setAttribute(MeshSemconv.MESH_ATTEMPT_NUMBER, (long) attempt.number());
        if (attempt.hedge()) {
            span.setAttribute(MeshSemconv.MESH_ATTEMPT_HEDGE, true);
        }
    }

    private static void beginHttp(SpanBuilder span, CallInfo call, AttemptInfo attempt, String host) {
        String method = call.method();
        if (Labels.knownMethod(method)) {
            span.setAttribute(MeshSemconv.HTTP_REQUEST_METHOD, method);
        } else {
            span.setAttribute(MeshSemconv.HTTP_REQUEST_METHOD, MeshSemconv.OTHER_METHOD);
            span.setAttribute(MeshSemconv.HTTP_REQUEST_METHOD_ORIGINAL, Labels.cut(method));
        }
        span.setAttribute(MeshSemconv.SERVER_PORT, (long) HTTP_PORT);
        span.setAttribute(MeshSemconv.URL_FULL, "http://" + host + Labels.cut(call.path()));
        if (attempt.number() > 1) {
            span.setAttribute(MeshSemconv.HTTP_REQUEST_RESEND_COUNT, attempt.number() - 1L);
        }
    }

    /** Says what became of the attempt. */
    static void end(Span span, CallInfo call, AttemptInfo attempt) {
        EndpointInfo endpoint = attempt.endpoint(); // only now it is certain: gRPC may pick again for the same attempt
        if (endpoint != null) {
            span.setAttribute(MeshSemconv.NETWORK_PEER_ADDRESS, endpoint.host());
            span.setAttribute(MeshSemconv.NETWORK_PEER_PORT, (long) endpoint.port());
            span.setAttribute(MeshSemconv.MESH_ENDPOINT_ID, endpoint.id());
        }
        Outcome outcome = attempt.outcome();
        TransportError error = outcome == null ? null : outcome.error();
        span.setAttribute(MeshSemconv.MESH_ATTEMPT_OUTCOME, error == null ? "response" : Labels.of(error));
        String errorType = call.protocol() == Protocol.GRPC ? grpcError(span, attempt) : httpError(span, attempt);
        String type = errorType == null ? wireError(error) : errorType;
        if (type != null) {
            span.setAttribute(MeshSemconv.ERROR_TYPE, type);
            span.setStatus(StatusCode.ERROR);
        }
    }

    private static @Nullable String httpError(Span span, AttemptInfo attempt) {
        int status = attempt.status();
        if (status == 0) {
            return null;
        }
        span.setAttribute(MeshSemconv.HTTP_RESPONSE_STATUS_CODE, (long) status);
        return status >= FIRST_ERROR ? Integer.toString(status) : null;
    }

    private static @Nullable String grpcError(Span span, AttemptInfo attempt) {
        int code = attempt.grpcStatus();
        if (code < 0) {
            return null;
        }
        String name = GrpcCodes.name(code);
        span.setAttribute(MeshSemconv.RPC_STATUS_CODE, name);
        return code == 0 ? null : name;
    }

    /** The loser of a hedge and what the caller gave up have not failed. */
    private static @Nullable String wireError(@Nullable TransportError error) {
        return error == null || error == TransportError.CANCELLED || error == TransportError.LEAKED
                ? null
                : Labels.of(error);
    }

    /** Returns the host name of a service, as {@code http://<service>.<namespace>} has it. */
    private static String host(String service) {
        int slash = service.indexOf('/');
        return slash < 0 ? service : service.substring(slash + 1) + "." + service.substring(0, slash);
    }
}
