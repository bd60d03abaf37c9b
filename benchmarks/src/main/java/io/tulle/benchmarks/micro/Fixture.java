package io.tulle.benchmarks.micro;

import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.api.time.Ticker;
import io.tulle.core.call.MeshEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The mesh that the rows of ours run on: one service with a protective policy and a long route. */
final class Fixture {
    static final String HOST = "catalog";
    static final String PATH = "/books/9781617291609";

    private static final String NAMESPACE = "shop";
    private static final int RULES = 20;
    private static final int IN_FLIGHT_PER_ENDPOINT = 1000;

    private Fixture() {}

    /** Returns an engine with {@code endpoints} endpoints, listened to by {@code listener}. */
    static MeshEngine engine(TrafficPolicy.Algorithm algorithm, int endpoints, MeshListener listener) {
        MeshEngine engine = new MeshEngine(MeshEngine.Settings.of(
                        NAMESPACE,
                        Ticker.system(),
                        () -> ThreadLocalRandom.current().nextLong())
                .withListener(listener));
        engine.accept(resources(algorithm, endpoints));
        return engine;
    }

    private static List<Resource> resources(TrafficPolicy.Algorithm algorithm, int endpoints) {
        List<Resource> resources = new ArrayList<>();
        resources.add(Service.of(NAMESPACE, HOST, Service.Spec.DEFAULT));
        resources.add(
                new Route(Metadata.of(NAMESPACE, HOST), new Route.Spec(HOST, rules(), Route.RetryBudget.DEFAULT)));
        resources.add(new TrafficPolicy(
                Metadata.of(NAMESPACE, HOST),
                TrafficPolicy.Spec.defaults(HOST)
                        .withLoadBalancer(TrafficPolicy.LoadBalancer.of(algorithm))
                        .withServiceBreaker(TrafficPolicy.ServiceBreaker.DEFAULT)
                        .withConcurrencyLimit(new TrafficPolicy.ConcurrencyLimit(IN_FLIGHT_PER_ENDPOINT))));
        for (int i = 0; i < endpoints; i++) {
            resources.add(new Instance(
                    Metadata.of(NAMESPACE, HOST + "-" + i),
                    Instance.Spec.of(HOST, "uid-" + i, "127.0.0.1", 10_000 + i)));
        }
        return resources;
    }

    /** Twenty rules by path, some of them by method and header too, of which the last matches. */
    private static List<Route.Rule> rules() {
        List<Route.Rule> rules = new ArrayList<>();
        for (int i = 0; i < RULES - 1; i++) {
            List<Route.HeaderMatch> headers =
                    i % 3 == 0 ? List.of(new Route.HeaderMatch("x-tenant", "t" + i)) : List.of();
            Route.PathMatch path = i % 2 == 0
                    ? new Route.PathMatch(null, "/books/shelf-" + i)
                    : new Route.PathMatch("/books/top-" + i, null);
            rules.add(Route.Rule.builder()
                    .name("rule-" + i)
                    .matches(new Route.Match(path, i % 4 == 0 ? "POST" : "GET", headers))
                    .build());
        }
        rules.add(Route.Rule.builder()
                .name("books")
                .matches(new Route.Match(new Route.PathMatch(null, "/books"), "GET", List.of()))
                .build());
        return rules;
    }
}
