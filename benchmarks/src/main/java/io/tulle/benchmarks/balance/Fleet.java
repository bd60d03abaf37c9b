package io.tulle.benchmarks.balance;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The simulated fleet as resources. */
final class Fleet {
    static final int SIZE = 10;
    static final int FIRST_PORT = 20_000;
    static final String NAMESPACE = "shop";
    static final String HOST = "catalog";

    private Fleet() {}

    static List<Resource> resources(Variant variant) {
        List<Resource> resources = new ArrayList<>();
        resources.add(Service.of(NAMESPACE, HOST, Service.Spec.DEFAULT));
        resources.add(new TrafficPolicy(Metadata.of(NAMESPACE, HOST), variant.policy(HOST)));
        Route.Rule rule = Route.Rule.builder()
                .timeout(Duration.ofNanos(Simulation.DEADLINE_NANOS))
                .retry(variant.retry())
                .build();
        resources.add(new Route(
                Metadata.of(NAMESPACE, HOST), new Route.Spec(HOST, List.of(rule), Route.RetryBudget.DEFAULT)));
        for (int i = 0; i < SIZE; i++) {
            resources.add(new Instance(
                    Metadata.of(NAMESPACE, HOST + "-" + i),
                    Instance.Spec.of(HOST, "uid-" + i, "127.0.0.1", FIRST_PORT + i)));
        }
        return resources;
    }
}
