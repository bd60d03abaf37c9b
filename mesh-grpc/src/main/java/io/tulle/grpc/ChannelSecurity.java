package io.tulle.grpc;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.tulle.api.resource.TlsMode;
import io.tulle.core.snapshot.Endpoint;

/** Whether a channel, which connects in one way, can connect to an endpoint as its instance says. */
final class ChannelSecurity {
    private ChannelSecurity() {}

    /** Returns OK, or why not. Credentials of other kinds are their owner's business. */
    static Status misfit(ChannelCredentials credentials, Endpoint endpoint) {
        if (endpoint.tls() == TlsMode.MUTUAL && credentials instanceof InsecureChannelCredentials) {
            return unavailable(
                    endpoint,
                    "speaks mutual TLS and the channel does not (expected: Mesh.builder().tls(...), or MeshCredentials.channel for a plain target)");
        }
        if (endpoint.tls() == TlsMode.DISABLED && credentials instanceof TlsChannelCredentials) {
            return unavailable(
                    endpoint,
                    "takes plain text and the channel speaks TLS (expected: tls: mutual in its spec, or MeshChannels.builder(mesh, service, TlsMode.DISABLED))");
        }
        return Status.OK;
    }

    private static Status unavailable(Endpoint endpoint, String why) {
        return Status.UNAVAILABLE.withDescription(endpoint + ": " + why);
    }
}
