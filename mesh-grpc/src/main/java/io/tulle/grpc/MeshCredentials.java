package io.tulle.grpc;

import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.tulle.api.MeshException;
import io.tulle.client.Mesh;
import io.tulle.client.tls.MeshIdentity;

/**
 * gRPC's credentials out of a mesh's identity: mutual TLS whose certificate and authorities are those of now at each handshake. Thread-safe.
 *
 * <pre>{@code
 * Server server = Grpc.newServerBuilderForPort(9090, MeshCredentials.server(mesh)).addService(ratings).build();
 * }</pre>
 */
public final class MeshCredentials {
    private MeshCredentials() {}

    /**
     * Returns credentials for a server: whoever calls must be a service of the same trust domain. {@code
     * SpiffeId.of(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION))} says which.
     *
     * @throws MeshException if the mesh has no identity
     */
    public static ServerCredentials server(Mesh mesh) {
        MeshIdentity identity = identity(mesh, "a server");
        return TlsServerCredentials.newBuilder()
                .keyManager(identity.keys())
                .trustManager(identity.callers())
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
    }

    /**
     * Returns credentials for a channel to a service: whoever answers must be that very service. {@link MeshChannels#builder(Mesh, String)} uses them by
     * itself; they are for channels of plain targets.
     *
     * @param service as name or namespace/name
     * @throws MeshException if the mesh has no identity
     */
    public static ChannelCredentials channel(Mesh mesh, String service) {
        MeshIdentity identity = identity(mesh, "a channel to " + service);
        return TlsChannelCredentials.newBuilder()
                .keyManager(identity.keys())
                .trustManager(new ForgetfulTrust(identity.servers(service)))
                .build();
    }

    private static MeshIdentity identity(Mesh mesh, String what) {
        MeshIdentity identity = mesh.identity();
        if (identity == null) {
            throw new MeshException(
                    what + " by mutual TLS in a mesh without an identity (expected: Mesh.builder().tls(...))");
        }
        return identity;
    }
}
