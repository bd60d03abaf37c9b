package io.tulle.examples.bookshop.service;

import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.tulle.client.Mesh;
import io.tulle.grpc.MeshCredentials;
import io.tulle.grpc.server.MeshServerInterceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@link Ratings} over gRPC; in the mesh by mutual TLS, and admitted by its interceptor. */
final class GrpcDoor implements Door {
    private static final int WARM_UP_CALLS = 100;

    private final String name;
    private final Work work;
    private final @Nullable Mesh mesh;
    private final Server server;

    private GrpcDoor(String name, int port, Work work, @Nullable Mesh mesh) {
        this.name = name;
        this.work = work;
        this.mesh = mesh;
        ServerCredentials credentials =
                mesh == null ? InsecureServerCredentials.create() : MeshCredentials.server(mesh);
        ServerBuilder<?> builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), credentials)
                .addService(ServerServiceDefinition.builder(Ratings.SERVICE)
                        .addMethod(Ratings.RATING, ServerCalls.asyncUnaryCall(this::rating))
                        .addMethod(Ratings.WARM, ServerCalls.asyncUnaryCall(GrpcDoor::warm))
                        .build());
        if (mesh != null) {
            builder.intercept(new MeshServerInterceptor(mesh));
        }
        server = builder.build();
    }

    /** Opens it on the loopback address; {@code mesh} is the one that it belongs to, if any. */
    static GrpcDoor open(String name, int port, Work work, @Nullable Mesh mesh) throws IOException {
        GrpcDoor door = new GrpcDoor(name, port, work, mesh);
        door.server.start();
        return door;
    }

    private void rating(String book, StreamObserver<String> caller) {
        if (caller instanceof ServerCallStreamObserver<String> stream) {
            stream.setOnCancelHandler(work::abandoned);
        }
        work.take(
                () -> answer(caller, Answers.about(book, name)),
                () -> caller.onError(Status.UNAVAILABLE
                        .withDescription(name + " is out of order")
                        .asRuntimeException()));
    }

    private static void warm(String book, StreamObserver<String> caller) {
        answer(caller, book);
    }

    private static void answer(StreamObserver<String> caller, String text) {
        caller.onNext(text);
        caller.onCompleted();
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public void warmUp() {
        ChannelCredentials credentials =
                mesh == null ? InsecureChannelCredentials.create() : MeshCredentials.channel(mesh, "ratings");
        ManagedChannel own = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), credentials)
                .build();
        try {
            for (int i = 0; i < WARM_UP_CALLS; i++) {
                CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
                String unused = ClientCalls.blockingUnaryCall(own, Ratings.WARM, options, "0");
            }
        } finally {
            own.shutdownNow();
        }
    }

    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(1, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
