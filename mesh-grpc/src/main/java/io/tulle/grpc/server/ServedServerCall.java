package io.tulle.grpc.server;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.tulle.api.call.MeshHeaders;
import io.tulle.core.call.ServedCall;
import io.tulle.grpc.Codes;

/** A call that remembers the status it was closed with, and whose trailers spare retries where that is due. */
final class ServedServerCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private static final Metadata.Key<String> RETRY = key(MeshHeaders.RETRY);
    private static final Metadata.Key<String> PUSH_BACK = key("grpc-retry-pushback-ms");

    private final ServedCall served;
    private volatile int status;

    ServedServerCall(ServerCall<Q, R> call, ServedCall served) {
        super(call);
        this.served = served;
    }

    /** Returns the HTTP status that stands for the call's code, 0 before it is closed. */
    int status() {
        return status;
    }

    @Override
    public void close(Status code, Metadata trailers) {
        status = Codes.http(code.getCode());
        if (served.sparesRetries(status)) {
            replace(trailers, RETRY, MeshHeaders.NEVER);
            replace(trailers, PUSH_BACK, "-1"); // for clients outside of the mesh
        }
        served.grpcStatus(code.getCode().value());
        super.close(code, trailers);
    }

    private static void replace(Metadata trailers, Metadata.Key<String> name, String value) {
        trailers.discardAll(name);
        trailers.put(name, value);
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
