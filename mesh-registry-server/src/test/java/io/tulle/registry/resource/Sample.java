package io.tulle.registry.resource;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.InstanceOverride;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Resources for tests, in namespace {@code shop} when no other is said. */
final class Sample {
    static final String NAMESPACE = "shop";

    private Sample() {}

    static Service service(String name, String... subsets) {
        List<Service.Subset> parts = Arrays.stream(subsets)
                .map(subset -> new Service.Subset(subset, Map.of("version", subset)))
                .toList();
        return Service.of(NAMESPACE, name, new Service.Spec(Service.Spec.DEFAULT.protocol(), parts));
    }

    static Route route(String service, Route.Destination... destinations) {
        return route(NAMESPACE, service, service, Duration.ofSeconds(15), destinations);
    }

    static Route route(
            String namespace, String name, String service, Duration timeout, Route.Destination... destinations) {
        Route.Rule rule =
                Route.Rule.builder().destinations(destinations).timeout(timeout).build();
        return new Route(
                Metadata.of(namespace, name), new Route.Spec(service, List.of(rule), Route.RetryBudget.DEFAULT));
    }

    static TrafficPolicy policy(String service) {
        return new TrafficPolicy(Metadata.of(NAMESPACE, service), TrafficPolicy.Spec.defaults(service));
    }

    static Instance instance(String service, String name, int port) {
        return new Instance(Metadata.of(NAMESPACE, name), Instance.Spec.of(service, "uid-" + name, "127.0.0.1", port));
    }

    static InstanceOverride override(String service, String name, String instance, int weight) {
        return new InstanceOverride(
                Metadata.of(NAMESPACE, name), new InstanceOverride.Spec(service, instance, "", null, weight));
    }
}
