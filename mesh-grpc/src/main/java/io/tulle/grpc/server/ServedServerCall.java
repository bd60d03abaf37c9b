package io.tulle.grpc.server;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.tulle.api.call.MeshHeaders;
import io.tulle.core.call.ServedCall;
import io.tulle.grpc.Codes;
import io.tulle.grpc.MeshKeys;

/** A call that remembers the status it was closed with, and whose trailers spare retries where that is due. */
final class ServedServerCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
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

    /** Closes the call, and remembers how, if this is the first time: gRPC refuses any other, which then is not how the call has ended. */
    @Override
    public void close(Status code, Metadata trailers) {
        if (status == 0) {
            remember(code, trailers);
        }
        super.close(code, trailers);
    }

    private void remember(Status code, Metadata trailers) {
        status = Codes.http(code.getCode());
        if (served.sparesRetries(status)) {
            replace(trailers, MeshKeys.RETRY, MeshHeaders.NEVER);
            replace(trailers, MeshKeys.PUSH_BACK_MILLIS, "-1"); // for clients outside of the mesh
        }
        served.grpcStatus(code.getCode().value());
    }

    private static void replace(Metadata trailers, Metadata.Key<String> name, String value) {
        trailers.discardAll(name);
        trailers.put(name, value);
    }
}
