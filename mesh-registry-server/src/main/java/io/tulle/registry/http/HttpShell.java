package io.tulle.registry.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.servlet.JavalinServlet;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server around the endpoints: opens the port, keeps limits, answers what is wrong as problems, and lets requests through to the endpoints once they
 * exist. A request passes {@link RequestGuard}, the limit on bodies, {@link Entrance} and then Javalin's router. Thread-safe.
 */
public final class HttpShell implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpShell.class);
    private static final int THREADS = 64;
    private static final int WAITING = 4_096; // a fleet that comes back at once must not wait for retransmissions
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Server server;
    private final ServerConnector connector;
    private final Entrance entrance = new Entrance();
    private volatile Set<String> routes = Set.of();

    private HttpShell(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Opens a port; until {@link #serve}, everything is answered with 503.
     *
     * @param port 0 for a free one
     * @param meters counts requests
     * @throws IOException if the port cannot be opened
     */
    public static HttpShell open(String host, int port, MeterRegistry meters) throws IOException {
        return open(host, port, meters, HttpLimits.DEFAULT);
    }

    static HttpShell open(String host, int port, MeterRegistry meters, HttpLimits limits) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("tulle-http");
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration(limits)));
        connector.setHost(host);
        connector.setPort(port);
        connector.setAcceptQueueSize(WAITING);
        connector.setIdleTimeout(limits.idle().toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connectionsWithin(descriptors()), server));
        server.setErrorHandler(new ProblemHandler());
        server.setRequestLog(new RequestRecord(meters));
        server.setStopTimeout(STOP.toMillis());
        HttpShell shell = new HttpShell(server, connector);
        server.setHandler(new GracefulHandler(
                new RequestGuard(withHandler(new SizeLimitHandler(limits.body(), -1), shell.entrance))));
        try {
            start(server);
        } catch (IOException | RuntimeException e) {
            shell.close();
            throw e;
        }
        return shell;
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    private static SizeLimitHandler withHandler(SizeLimitHandler outer, Entrance inner) {
        outer.setHandler(inner);
        return outer;
    }

    private static HttpConfiguration configuration(HttpLimits limits) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(limits.headers());
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        return http;
    }

    private static void start(LifeCycle part) throws IOException {
        try {
            part.start();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not start", e);
        }
    }

    /** Returns the port that is open. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Returns the routes that are served, such as {@code GET /api/v1/{kinds}}; none before {@link #serve}. */
    public Set<String> routes() {
        return routes;
    }

    /** Puts the endpoints that {@code endpoints} adds behind the port. */
    public void serve(Consumer<JavalinConfig> endpoints) {
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.prefer405over404 = true;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.http.maxRequestSize = HttpLimits.DEFAULT.body();
            config.http.defaultContentType = "application/json";
            config.router.ignoreTrailingSlashes = false;
            config.routes.exception(HttpResponseException.class, HttpShell::refuse);
            config.routes.exception(Exception.class, HttpShell::refuse);
            config.router.javaLangErrorHandler(HttpShell::refuse);
            config.routes.beforeMatched(RequestRecord::matched);
            endpoints.accept(config);
        });
        this.routes = javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.method + " " + endpoint.path)
                .collect(Collectors.toUnmodifiableSet());
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        context.setErrorHandler(new ProblemHandler());
        ServletHolder holder = new ServletHolder(new JavalinServlet(javalin.unsafe));
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/");
        context.setServer(server);
        try {
            start(context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entrance.open(context);
    }

    private static void refuse(Exception failure, Context context) {
        ProblemException problem = Problems.of(failure, context.method() + " " + context.path());
        problem.headers().forEach(context::header);
        context.status(problem.status())
                .contentType(Problem.CONTENT_TYPE)
                .result(Problem.of(problem).bytes());
    }

    /** An error of the JVM or an assertion: nobody catches it further out. */
    private static void refuse(HttpServletResponse response, Error failure) {
        ProblemException problem = Problems.of(failure, "a request");
        try {
            response.reset();
            response.setStatus(problem.status());
            response.setContentType(Problem.CONTENT_TYPE);
            response.getOutputStream().write(Problem.of(problem).bytes());
        } catch (IOException | IllegalStateException e) {
            LOG.debug("the answer has begun, or nobody reads it", e);
        }
    }

    /** Lets requests in flight finish for a few seconds and closes the port. Idempotent. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.warn("requests in flight were cut off, because they took longer than {}", STOP);
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        }
    }
}
