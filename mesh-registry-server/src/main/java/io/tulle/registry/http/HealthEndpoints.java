package io.tulle.registry.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.tulle.client.codec.JsonRecords;
import java.util.function.Supplier;

/** Says whether the registry lives and is ready. It is ready whenever these endpoints are reached: before that, {@link Entrance} answers. */
public final class HealthEndpoints {
    static final String ALL = "/api/v1/health";
    static final String LIVE = ALL + "/live";
    static final String READY = ALL + "/ready";

    private final Supplier<Health> health;

    /** Creates the endpoints. */
    public HealthEndpoints(Supplier<Health> health) {
        this.health = health;
    }

    /** That it lives. */
    public record Live(boolean live) {}

    /** That it is ready. */
    public record Ready(boolean ready) {}

    /** Adds the routes. */
    public void addTo(JavalinConfig config) {
        config.routes.get(ALL, context -> answer(context, health.get()));
        config.routes.get(LIVE, context -> answer(context, new Live(true)));
        config.routes.get(READY, context -> answer(context, new Ready(true)));
    }

    private static void answer(Context context, Record body) {
        context.contentType("application/json").result(JsonRecords.write(body));
    }
}
