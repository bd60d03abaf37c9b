package io.tulle.examples.grpcstub;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.tulle.client.Mesh;
import io.tulle.grpc.MeshChannels;
import java.nio.file.Path;

/** Asks the service {@code ratings} for its health; the only argument is a folder of resources. */
public final class Health {
    private Health() {}

    /** Prints the status. */
    public static void main(String[] args) {
        try (Mesh mesh = Mesh.builder()
                .service("shop/storefront")
                .resources(Path.of(args[0]))
                .build()) {
            MeshChannels.install(mesh);
            ManagedChannel ratings = ManagedChannelBuilder.forTarget("mesh:///ratings")
                    .usePlaintext()
                    .build();
            HealthGrpc.HealthBlockingStub stub = HealthGrpc.newBlockingStub(ratings);
            System.out.println(
                    stub.check(HealthCheckRequest.getDefaultInstance()).getStatus());
            ratings.shutdownNow();
        }
    }
}
