package io.tulle.grpc;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A real gRPC server on the loopback interface whose every method does what a test says. */
final class TestServer implements AutoCloseable {
    final String name;
    final List<Metadata> calls = new CopyOnWriteArrayList<>();
    final AtomicInteger cancelled = new AtomicInteger();
    private final Server server;
    private final int port;
    private volatile BiConsumer<ServerCall<String, String>, List<String>> answer = this::echo;
    private volatile @Nullable Consumer<ServerCall<String, String>> first;
    private volatile boolean echoesEach;

    TestServer(String name, int port, List<MethodDescriptor<String, String>> methods) {
        this.name = name;
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder("shop.Ratings");
        ServerCallHandler<String, String> handler = (call, headers) -> handle(call, headers);
        methods.forEach(method -> service.addMethod(method, handler));
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .addService(service.build())
                    .build()
                    .start();
            this.port = server.getPort();
        } catch (IOException e) {
            throw new IllegalStateException("no server on port " + port, e);
        }
    }

    private ServerCall.Listener<String> handle(ServerCall<String, String> call, Metadata headers) {
        calls.add(headers);
        Consumer<ServerCall<String, String>> early = first;
        if (early != null) {
            early.accept(call);
            return new ServerCall.Listener<>() {};
        }
        if (echoesEach) {
            call.sendHeaders(new Metadata());
        }
        call.request(1);
        return new ServerCall.Listener<>() {
            private final List<String> messages = new ArrayList<>();

            @Override
            public void onMessage(String message) {
                messages.add(message);
                if (echoesEach) {
                    call.sendMessage(name + ":" + message);
                }
                call.request(1);
            }

            @Override
            public void onHalfClose() {
                if (echoesEach) {
                    call.close(Status.OK, new Metadata());
                } else {
                    answer.accept(call, messages);
                }
            }

            @Override
            public void onCancel() {
                cancelled.incrementAndGet();
            }
        };
    }

    private void echo(ServerCall<String, String> call, List<String> messages) {
        call.sendHeaders(new Metadata());
        call.sendMessage(name + ":" + String.join(",", messages));
        call.close(Status.OK, new Metadata());
    }

    /** Answers each message as it comes, and ends when the client has. */
    TestServer echoing() {
        echoesEach = true;
        return this;
    }

    /** Does this when the headers have come, and waits for no message. */
    TestServer answeringAtOnce(Consumer<ServerCall<String, String>> what) {
        first = what;
        return this;
    }

    /** Does this when the client has sent everything. */
    TestServer answering(BiConsumer<ServerCall<String, String>, List<String>> what) {
        answer = what;
        return this;
    }

    /** Fails with trailers alone. */
    TestServer failing(Status status, String... keysAndValues) {
        Metadata trailers = new Metadata();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            trailers.put(Metadata.Key.of(keysAndValues[i], Metadata.ASCII_STRING_MARSHALLER), keysAndValues[i + 1]);
        }
        return answering((call, messages) -> call.close(status, trailers));
    }

    /** Never answers. */
    TestServer silent() {
        return answering((call, messages) -> {});
    }

    int port() {
        return port;
    }

    String header(int call, String key) {
        return calls.get(call).get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER));
    }

    void kill() {
        server.shutdownNow();
    }

    boolean idle() {
        return server.isTerminated();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
