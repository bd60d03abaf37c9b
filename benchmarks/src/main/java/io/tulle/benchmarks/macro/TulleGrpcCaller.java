package io.tulle.benchmarks.macro;

import io.grpc.ManagedChannel;
import io.tulle.client.Mesh;
import io.tulle.grpc.MeshChannels;
import java.io.IOException;

/** grpc-java under the mesh. */
final class TulleGrpcCaller implements Caller {
    private final Mesh mesh;
    private final ManagedChannel channel;

    TulleGrpcCaller(Site site) throws IOException {
        mesh = Fleet.mesh(site.folder(), Fleet.Wire.GRPC, site.grpc()).build();
        channel = MeshChannels.builder(mesh, Fleet.SERVICE).build();
    }

    @Override
    public byte[] call() {
        return GrpcCaller.run(channel);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        mesh.close();
    }
}
