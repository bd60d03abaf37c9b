package io.tulle.grpc.server;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.tulle.api.call.Denial;
import io.tulle.api.context.CallContext;
import io.tulle.api.time.Ticker;
import io.tulle.client.Mesh;
import io.tulle.core.call.Inbound;
import io.tulle.core.call.ServedCall;
import io.tulle.grpc.MeshKeys;

/**
 * Admits gRPC calls by the policy of the process's own service, and makes the {@link CallContext} of each current in every callback of its handler, also in
 * gRPC's {@link Context}, so that calls made for it share its deadline and trace. Thread-safe.
 *
 * <pre>{@code
 * Server server = ServerBuilder.forPort(8443).addService(ratings).intercept(new MeshServerInterceptor(mesh)).build();
 * }</pre>
 *
 * <p>Add it last, so that it runs before other interceptors. A call takes its place until it is complete or cancelled. What is refused ends with {@code
 * DEADLINE_EXCEEDED} or {@code UNAVAILABLE} (see {@link Denial}) and the reason in the trailer {@code x-mesh-refused}. A failure gets the trailers
 * {@code x-mesh-retry: never} and {@code grpc-retry-pushback-ms: -1} (gRFC A6) when a call made for it has failed although it was retried.
 */
public final class MeshServerInterceptor implements ServerInterceptor {
    private final Inbound inbound;
    private final Ticker ticker;

    /** Creates an interceptor of the service that {@code mesh} is. */
    public MeshServerInterceptor(Mesh mesh) {
        inbound = mesh.inbound();
        ticker = mesh.runtime().ticker();
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        ServedCall served = inbound.admit(new GrpcHead(call.getMethodDescriptor(), headers), ticker.nanos());
        Denial denial = served.denial();
        return denial == null ? serve(served, call, headers, next) : refuse(served, denial, call);
    }

    private <Q, R> ServerCall.Listener<Q> serve(
            ServedCall served, ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Context context = Context.current().withValue(GrpcCallContext.KEY, served.context());
        ServedServerCall<Q, R> answer = new ServedServerCall<>(call, served);
        CallContext.Scope scope = served.context().makeCurrent();
        boolean started = false;
        try {
            ServerCall.Listener<Q> listener = Contexts.interceptCall(context, answer, headers, next);
            started = true;
            return new ServedListener<>(listener, answer, served, ticker);
        } finally {
            scope.close();
            if (!started) {
                served.ended(500, ServedCall.End.BROKEN, ticker.nanos()); // gRPC then tells nobody how it ends
            }
        }
    }

    private <Q, R> ServerCall.Listener<Q> refuse(ServedCall served, Denial denial, ServerCall<Q, R> call) {
        Metadata trailers = new Metadata();
        trailers.put(MeshKeys.REFUSED, denial.reason());
        Status refusal = status(denial);
        served.grpcStatus(refusal.getCode().value());
        call.close(refusal, trailers);
        served.ended(denial.status(), ServedCall.End.ANSWERED, ticker.nanos());
        return new ServerCall.Listener<>() {};
    }

    private Status status(Denial denial) {
        Status status = switch (denial) {
            case EXPIRED -> Status.DEADLINE_EXCEEDED;
            case OVERLOADED -> Status.UNAVAILABLE;
        };
        return status.withDescription(inbound.service() + ": " + denial.detail());
    }
}
