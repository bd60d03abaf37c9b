package io.tulle.registry.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Counts and logs every request, those that the server below refuses included. Metrics are by route, never by path, so that their number is bounded. What
 * writes is logged, except renewals of sessions: there is one every few seconds for each process. Thread-safe.
 */
final class RequestRecord implements RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.tulle.registry.requests");
    private static final String ROUTE = "tulle.route";
    private static final String NONE = "none";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "PUT", "POST", "DELETE");
    private static final Set<String> QUIET = Set.of("/api/v1/sessions/{session}", "/api/v1/sessions/{id}", NONE);

    private final MeterRegistry meters;

    RequestRecord(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Notes which route the request took. */
    static void matched(Context context) {
        Endpoint endpoint = context.endpoints().matchedHttpEndpoint();
        if (endpoint != null) {
            context.req().setAttribute(ROUTE, endpoint.path);
        }
    }

    @Override
    public void log(Request request, Response response) {
        String route = request.getAttribute(ROUTE) instanceof String matched ? matched : NONE;
        Duration time = Duration.ofNanos(NanoTime.since(request.getBeginNanoTime()));
        String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
        if (!String.valueOf(response.getHeaders().get(HttpHeader.CONTENT_TYPE)).startsWith("application/x-ndjson")) {
            Timer.builder("tulle.registry.requests")
                    .description("Requests that were answered; streams are not among them")
                    .tag("method", method)
                    .tag("route", route)
                    .tag("status", String.valueOf(response.getStatus()))
                    .serviceLevelObjectives(
                            Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofSeconds(1))
                    .register(meters)
                    .record(time);
        }
        boolean writes = !method.equals("GET") && !method.equals("HEAD") && !QUIET.contains(route);
        LoggingEventBuilder entry = LOG.atLevel(writes ? Level.INFO : Level.DEBUG)
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", request.getHttpURI().getPath())
                .addKeyValue("status", response.getStatus())
                .addKeyValue("millis", time.toMillis());
        String version = response.getHeaders().get(HttpHeader.ETAG);
        (version == null ? entry : entry.addKeyValue("version", version.replace("\"", ""))).log("request");
    }
}
