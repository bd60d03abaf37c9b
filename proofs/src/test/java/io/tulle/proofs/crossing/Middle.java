package io.tulle.proofs.crossing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.tulle.api.context.CallContext;
import io.tulle.api.time.Instants;
import io.tulle.client.Mesh;
import io.tulle.grpc.MeshChannels;
import io.tulle.grpc.server.MeshServerInterceptor;
import io.tulle.http.MeshCalls;
import io.tulle.http.server.MeshExchangeFilter;
import io.tulle.http.server.MeshFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * The tier between: served by Jetty, by the JDK's server and by gRPC, all of one process. A request says in its path (gRPC: in its message) by which {@link Hop} and
 * {@link Outbound} the leaf is called for it.
 */
final class Middle implements AutoCloseable {
    final AtomicInteger requests = new AtomicInteger();
    private final Mesh mesh;
    private final OkHttpClient client = new OkHttpClient();
    private final Call.Factory http;
    private final ManagedChannel channel;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server();
    private final ServerConnector connector = new ServerConnector(jetty, 1, 1);
    private final HttpServer jdk;
    private final Server grpc;
    private volatile int attemptSeen;

    Middle(Mesh mesh) throws Exception {
        this.mesh = mesh;
        http = MeshCalls.of(mesh, client);
        channel = MeshChannels.builder(mesh, "leaf-grpc").build();
        startJetty();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        jdk = HttpServer.create(any, 0);
        jdk.setExecutor(threads);
        jdk.createContext("/", this::answer).getFilters().add(new MeshExchangeFilter(mesh));
        jdk.start();
        grpc = NettyServerBuilder.forAddress(any)
                .addService(ServerServiceDefinition.builder("crossing.Texts")
                        .addMethod(Texts.SAY, ServerCalls.asyncUnaryCall(this::answer))
                        .build())
                .intercept(new MeshServerInterceptor(mesh))
                .build()
                .start();
    }

    private void startJetty() throws Exception {
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addFilter(
                new FilterHolder(new MeshFilter(mesh)), "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        context.addServlet(
                new ServletHolder(new HttpServlet() {
                    @Override
                    protected void service(HttpServletRequest request, HttpServletResponse response) {
                        response.setStatus(handle(request.getRequestURI()) ? 200 : 502);
                    }
                }),
                "/*");
        jetty.setHandler(context);
        jetty.start();
    }

    int port(Served by) {
        return switch (by) {
            case JETTY -> connector.getLocalPort();
            case JDK -> jdk.getAddress().getPort();
            case GRPC -> grpc.getPort();
        };
    }

    /** Returns which attempt of its caller the last request said to be. */
    int attemptSeen() {
        return attemptSeen;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(handle(exchange.getRequestURI().getPath()) ? 200 : 502, -1);
        }
    }

    private void answer(String request, StreamObserver<String> to) {
        if (handle(request)) {
            to.onNext("");
            to.onCompleted();
        } else {
            to.onError(Status.UNAVAILABLE.withDescription("the leaf failed").asRuntimeException());
        }
    }

    private boolean handle(String path) {
        requests.incrementAndGet();
        CallContext context = CallContext.current();
        attemptSeen = context.attempt();
        letTimePass(context);
        String[] parts = path.split("/", -1);
        Outbound outbound = Outbound.valueOf(parts[2]);
        try {
            Hop.valueOf(parts[1])
                    .run(() -> {
                        outbound.call(http, channel);
                        return "";
                    })
                    .get(20, TimeUnit.SECONDS);
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    /** Uses up ten milliseconds of what the caller gives, so that less of it arrives at the leaf. */
    private void letTimePass(CallContext context) {
        if (context.deadlineNanos() != Instants.NEVER) {
            long from = mesh.runtime().ticker().nanos();
            Awaitility.await()
                    .pollInterval(1, TimeUnit.MILLISECONDS)
                    .until(() -> mesh.runtime().ticker().nanos() - from > 10_000_000);
        }
    }

    @Override
    public void close() {
        LifeCycle.stop(jetty);
        jdk.stop(0);
        grpc.shutdownNow();
        channel.shutdownNow();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        threads.shutdownNow();
        mesh.close();
    }
}
