package io.tulle.examples.bookshop.service;

import io.tulle.client.Mesh;
import io.tulle.client.tls.MeshIdentity;
import io.tulle.http.server.MeshFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /books/<n>} over HTTP, in Jetty; in the mesh by mutual TLS, and admitted by its filter. By TLS it offers HTTP/2, too: callers then need one
 * connection and one handshake each, however many calls are out, and giving up on a call costs neither.
 */
final class HttpDoor implements Door {
    private static final int THREADS = 16;
    private static final long IDLE_MILLIS = 600_000; // longer than callers keep a connection
    private static final long STOP_MILLIS = 1_000;
    private static final long STOP_IDLE_MILLIS = 500; // before that is over, callers have closed what they kept
    private static final int WARM_UP_CONNECTIONS =
            20; // the first handshakes of a JVM are the slowest, and callers wait for them
    private static final int WARM_UP_CALLS = 10;

    private final Server server = new Server(new QueuedThreadPool(THREADS, 2));
    private final ServerConnector connector;
    private final String name;
    private final Work work;
    private final @Nullable SSLContext own;

    private HttpDoor(String name, int port, Work work, @Nullable Mesh mesh) {
        this.name = name;
        this.work = work;
        MeshIdentity identity = mesh == null ? null : mesh.identity();
        own = identity == null ? null : identity.client(identity.id().service());
        connector = new ServerConnector(server, 1, 1, connections(identity));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
        server.addConnector(connector);
        server.setHandler(new GracefulHandler(servlets(mesh)));
        server.setStopTimeout(STOP_MILLIS);
    }

    /** Opens it on the loopback address; {@code mesh} is the one that it belongs to, if any. */
    static HttpDoor open(String name, int port, Work work, @Nullable Mesh mesh) throws IOException {
        HttpDoor door = new HttpDoor(name, port, work, mesh);
        try {
            door.server.start();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) { // what Jetty's life cycle may throw
            throw new IOException(name + " cannot listen: " + e.getMessage(), e);
        }
        return door;
    }

    private static ConnectionFactory[] connections(@Nullable MeshIdentity identity) {
        HttpConfiguration settings = new HttpConfiguration();
        settings.setSendServerVersion(false);
        HttpConnectionFactory http = new HttpConnectionFactory(settings);
        if (identity == null) {
            return new ConnectionFactory[] {http};
        }
        settings.addCustomizer(new SecureRequestCustomizer(false)); // callers know services, not host names
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(identity.server());
        tls.setNeedClientAuth(true);
        ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory();
        choice.setDefaultProtocol(http.getProtocol());
        return new ConnectionFactory[] {
            new SslConnectionFactory(tls, choice.getProtocol()),
            choice,
            new HTTP2ServerConnectionFactory(settings),
            http
        };
    }

    private ServletContextHandler servlets(@Nullable Mesh mesh) {
        ServletContextHandler servlets = new ServletContextHandler("/");
        if (mesh != null) {
            FilterHolder filter = new FilterHolder(new MeshFilter(mesh));
            filter.setAsyncSupported(true);
            servlets.addFilter(filter, "/books/*", EnumSet.allOf(jakarta.servlet.DispatcherType.class));
        }
        servlets.addServlet(asynchronous(new Books()), "/books/*");
        servlets.addServlet(asynchronous(new Warm()), "/_warm");
        return servlets;
    }

    private static ServletHolder asynchronous(HttpServlet servlet) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        return holder;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void warmUp() throws IOException {
        for (int i = 0; i < WARM_UP_CONNECTIONS; i++) {
            WarmUp.call(port(), "/_warm", WARM_UP_CALLS, own);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException e) {
            System.err.println(name + ": requests that were still in flight have been cut off");
        } catch (Exception e) { // what Jetty's life cycle may throw
            throw new IllegalStateException(name + " cannot be stopped: " + e.getMessage(), e);
        }
    }

    private static void send(HttpServletResponse response, int status, String type, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("the caller has gone", e);
        }
    }

    private final class Books extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            String book = request.getPathInfo().substring(1);
            AsyncContext later = request.startAsync();
            later.setTimeout(0); // one that is swallowed stays open
            work.take(
                    () -> answer(later, response, 200, "application/json", Answers.about(book, name)),
                    () -> answer(later, response, 503, "text/plain", name + " is out of order"));
        }

        private static void answer(
                AsyncContext later, HttpServletResponse response, int status, String type, String text) {
            try {
                send(response, status, type, text);
            } finally {
                later.complete();
            }
        }
    }

    private static final class Warm extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            send(response, 200, "application/json", "{}");
        }
    }
}
