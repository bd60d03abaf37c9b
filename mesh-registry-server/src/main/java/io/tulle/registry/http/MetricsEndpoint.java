package io.tulle.registry.http;

import io.javalin.config.JavalinConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Shows the metrics to Prometheus. */
public final class MetricsEndpoint {
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry meters;

    /** Creates the endpoint. */
    public MetricsEndpoint(PrometheusMeterRegistry meters) {
        this.meters = meters;
    }

    /** Adds the route. */
    public void addTo(JavalinConfig config) {
        config.routes.get(
                "/metrics", context -> context.contentType(FORMAT).result(meters.scrape("text/plain; version=0.0.4")));
    }
}
