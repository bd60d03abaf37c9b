package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tulle.api.context.CallContext;
import io.tulle.api.resource.Protocol;
import io.tulle.core.snapshot.ServiceSnapshot;
import org.jspecify.annotations.Nullable;

/** Puts the mesh above the calls of one channel; below it, each attempt is a call of that channel. Thread-safe. */
final class MeshInterceptor implements ClientInterceptor {
    private final Wiring wiring;

    MeshInterceptor(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        CallContext served = ServedContext.of(options, wiring.engine());
        ServiceSnapshot service = wiring.engine().snapshot().byHost(wiring.host());
        Status refusal = refusal(service, options);
        if (refusal != null) {
            return new RefusedCall<>(options, served, refusal);
        }
        if ((service == null || options.isWaitForReady()) && WaitingCall.waits(wiring, service, options)) {
            return new WaitingCall<>(wiring, next, method, options, served);
        }
        return new MeshClientCall<>(wiring, next, method, options, served);
    }

    private static @Nullable Status refusal(@Nullable ServiceSnapshot service, CallOptions options) {
        if (service != null && service.protocol() != Protocol.GRPC) {
            return Status.UNIMPLEMENTED.withDescription(Honoured.wrongProtocol(service));
        }
        long limit = options.getOption(MeshChannels.REPLAY_LIMIT);
        return limit >= 0
                ? null
                : Status.INTERNAL.withDescription(
                        "MeshChannels.REPLAY_LIMIT: " + limit + " (expected: 0 bytes or more)");
    }
}
