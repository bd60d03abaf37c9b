package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.tulle.api.MeshException;
import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.resource.TlsMode;
import io.tulle.client.Mesh;
import io.tulle.core.snapshot.ServiceSnapshot;

/**
 * Channels whose calls go through the mesh: every policy of the service's route and traffic policy holds for them, unary and streaming. Thread-safe.
 *
 * <pre>{@code
 * ManagedChannel ratings = MeshChannels.builder(mesh, "ratings").build();
 * // or, where only a target can be given:
 * MeshChannels.install(mesh);
 * ManagedChannel ratings = ManagedChannelBuilder.forTarget("mesh:///ratings").usePlaintext().build();
 * }</pre>
 *
 * <p>Use no retry policy of gRPC's own beside it, and leave its retries enabled: it then sends again what certainly no server has seen.
 */
public final class MeshChannels {
    /** What one call wants: {@code stub.withOption(MeshChannels.CALL_OPTIONS, options)}. Default: {@link MeshCallOptions#DEFAULT}. The earliest deadline counts. */
    public static final CallOptions.Key<MeshCallOptions> CALL_OPTIONS =
            CallOptions.Key.createWithDefault("io.tulle.grpc.call-options", MeshCallOptions.DEFAULT);

    /**
     * How many bytes of messages, as they are on the wire, one call keeps for further attempts. A call that has sent more on one stream is not tried again; it does
     * not fail for that. Default: 1 MiB, as gRPC's own retries; 0: a call that has sent anything is not tried again. Calls with a
     * negative limit fail with INTERNAL.
     */
    public static final CallOptions.Key<Long> REPLAY_LIMIT =
            CallOptions.Key.createWithDefault("io.tulle.grpc.replay-limit", 1L << 20);

    private MeshChannels() {}

    /**
     * Returns a builder of a channel to a service: by mutual TLS when the mesh has an identity, else in plain text. The channel lives until it is shut down,
     * and should be before the mesh is closed.
     *
     * @param service as name or namespace/name
     * @throws MeshException if the service is known and cannot be called by gRPC as it is configured
     * @throws IllegalArgumentException if the name is none
     */
    public static ManagedChannelBuilder<?> builder(Mesh mesh, String service) {
        return builder(mesh, service, mesh.identity() == null ? TlsMode.DISABLED : TlsMode.MUTUAL);
    }

    /**
     * As {@link #builder(Mesh, String)}, connecting as {@code tls} says. A channel connects in one way: instances that say otherwise ({@code spec.tls}) are
     * not called through it.
     *
     * @throws MeshException also if {@code tls} is mutual and the mesh has no identity
     */
    public static ManagedChannelBuilder<?> builder(Mesh mesh, String service, TlsMode tls) {
        ServiceSnapshot known =
                mesh.engine().snapshot().byHost(Target.of(service).host());
        if (known != null) {
            Honoured.check(known);
        }
        ChannelCredentials credentials =
                tls == TlsMode.MUTUAL ? MeshCredentials.channel(mesh, service) : InsecureChannelCredentials.create();
        return Grpc.newChannelBuilder(Target.SCHEME + ":///" + service, credentials)
                .intercept(new ServedContext(mesh.engine()))
                .setNameResolverArg(MeshResolverProvider.MESH, mesh);
    }

    /**
     * Makes {@code mesh} the one that plain targets ({@code mesh:///ratings}) mean in this process, until it is closed. While several are installed, such a
     * target is not clear and its calls fail.
     */
    public static void install(Mesh mesh) {
        InstalledMeshes.add(mesh);
    }
}
