package io.tulle.proofs.crossing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The ends of the chain, one for each protocol and without a mesh: write down what they are told and refuse the first requests. */
final class Leaves implements AutoCloseable {
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer http;
    private final Server grpc;
    private volatile int failing;

    Leaves() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
        grpc = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerServiceDefinition.builder("crossing.Texts")
                        .addMethod(Texts.SAY, this::answer)
                        .build())
                .build()
                .start();
    }

    int httpPort() {
        return http.getAddress().getPort();
    }

    int grpcPort() {
        return grpc.getPort();
    }

    /** Forgets what came and fails the next {@code requests}. */
    void fail(int requests) {
        arrivals.clear();
        failing = requests;
    }

    List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** Requests of one test come one after another. */
    private boolean fails(Arrival arrival) {
        arrivals.add(arrival);
        return arrivals.size() <= failing;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean fails = fails(Arrival.http(exchange.getRequestHeaders()::getFirst));
            exchange.sendResponseHeaders(fails ? 503 : 200, -1);
        }
    }

    private ServerCall.Listener<String> answer(ServerCall<String, String> call, Metadata headers) {
        boolean fails = fails(Arrival.grpc(headers));
        call.request(2);
        return new ServerCall.Listener<>() {
            @Override
            public void onHalfClose() {
                if (fails) {
                    call.close(Status.UNAVAILABLE.withDescription("on purpose"), new Metadata());
                } else {
                    call.sendHeaders(new Metadata());
                    call.sendMessage("");
                    call.close(Status.OK, new Metadata());
                }
            }
        };
    }

    @Override
    public void close() {
        http.stop(0);
        grpc.shutdownNow();
        threads.shutdownNow();
    }
}
