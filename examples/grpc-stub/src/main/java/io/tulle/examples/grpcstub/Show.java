package io.tulle.examples.grpcstub;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs {@link Health} over two servers in this process, the first of which to be asked is out of order. */
public final class Show {
    private final AtomicInteger asked = new AtomicInteger();

    private Show() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws IOException {
        new Show().run();
    }

    private void run() throws IOException {
        Server one = ratings();
        Server other = ratings();
        Path folder = Files.createTempDirectory("mesh-grpc-stub");
        Path file = folder.resolve("ratings.yaml");
        try {
            Files.writeString(file, """
                    kind: Service
                    metadata: {namespace: shop, name: ratings}
                    spec: {protocol: grpc}
                    ---
                    kind: Route
                    metadata: {namespace: shop, name: ratings}
                    spec:
                      service: ratings
                      rules:
                        - name: health
                          matches: [{path: {exact: /grpc.health.v1.Health/Check}}]
                          idempotent: true
                          timeout: 60s
                    ---
                    kind: Instance
                    metadata: {namespace: shop, name: ratings-1}
                    spec: {service: ratings, host: 127.0.0.1, port: %d}
                    ---
                    kind: Instance
                    metadata: {namespace: shop, name: ratings-2}
                    spec: {service: ratings, host: 127.0.0.1, port: %d}
                    """.formatted(one.getPort(), other.getPort()));
            Health.main(new String[] {folder.toString()});
            System.out.println("the servers were asked " + asked + " times");
        } finally {
            one.shutdownNow();
            other.shutdownNow();
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private Server ratings() throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new HealthStatusManager().getHealthService())
                .intercept(new FirstFails())
                .build()
                .start();
    }

    private final class FirstFails implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            if (asked.incrementAndGet() > 1) {
                return next.startCall(call, headers);
            }
            call.close(Status.UNAVAILABLE.withDescription("out of order"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }
}
