package io.tulle.benchmarks.fleet;

import io.javalin.Javalin;

/** The bare peer of a registry's start: the same HTTP server, one route. */
public final class HelloServer {
    private HelloServer() {}

    /** Starts it on a free port of loopback and says so. */
    public static void main(String[] arguments) {
        Javalin server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/", context -> context.result("hello"));
                })
                .start("127.0.0.1", 0);
        System.out.println("hello at http://127.0.0.1:" + server.port());
    }
}
