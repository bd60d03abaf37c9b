package io.tulle.grpc.server;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.tulle.testing.Shop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A gRPC server behind a {@link MeshServerInterceptor}, and a plain channel to it. */
final class TextServer implements AutoCloseable {
    final ManagedChannel channel;
    private final Server server;
    private final MethodDescriptor<String, String> method;

    TextServer(Shop shop, MethodDescriptor.MethodType type, ServerCallHandler<String, String> handler)
            throws IOException {
        method = Texts.method(type);
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(Texts.service(type, handler))
                .intercept(new MeshServerInterceptor(shop.mesh()))
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()))
                .usePlaintext()
                .disableRetry()
                .build();
    }

    /** Calls with metadata, names and values in turn, and a deadline in milliseconds; returns the answer. */
    String call(long deadlineMillis, String... metadata) {
        Metadata headers = new Metadata();
        for (int i = 0; i < metadata.length; i += 2) {
            headers.put(Metadata.Key.of(metadata[i], Metadata.ASCII_STRING_MARSHALLER), metadata[i + 1]);
        }
        return ClientCalls.blockingUnaryCall(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                method,
                CallOptions.DEFAULT.withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS),
                "hello");
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
