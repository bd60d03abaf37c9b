package io.tulle.benchmarks.macro;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A gRPC server with one unary method, which answers on the thread that reads. */
final class GrpcAnswers {
    private static final String SERVICE = "benchmark.Catalog";

    /** The method, without protobuf: bytes there and back. */
    static final MethodDescriptor<byte[], byte[]> GET = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Get"))
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .setIdempotent(true)
            .build();

    private GrpcAnswers() {}

    /** Listens on a free port of loopback and returns it. Stays until the process ends. */
    static int start(byte[] answer) throws IOException {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .directExecutor()
                .addService(ServerServiceDefinition.builder(SERVICE)
                        .addMethod(GET, ServerCalls.asyncUnaryCall((request, answers) -> {
                            answers.onNext(answer);
                            answers.onCompleted();
                        }))
                        .build())
                .build()
                .start();
        return server.getPort();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
