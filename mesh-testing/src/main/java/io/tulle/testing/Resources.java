package io.tulle.testing;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Builds a complete set of resources for a test, all in namespace {@code default}: one service after another, what follows a {@link #service} belongs to
 * it. Not thread-safe.
 *
 * <pre>{@code
 * List<Resource> resources = Resources.service("shop").instances("a", "b").rule(rule).list();
 * }</pre>
 */
public final class Resources {
    /** The namespace of everything built here. */
    public static final String NAMESPACE = "default";

    private static final int PORT = 8080;

    private final List<Resource> done = new ArrayList<>();
    private final List<Service.Subset> subsets = new ArrayList<>();
    private final List<Route.Rule> rules = new ArrayList<>();
    private String service;
    private Route.RetryBudget budget = Route.RetryBudget.DEFAULT;
    private TrafficPolicy.Spec policy;

    private Resources(String service) {
        this.service = service;
        policy = TrafficPolicy.Spec.defaults(service);
    }

    /** Starts with a service. */
    public static Resources service(String name) {
        return new Resources(name);
    }

    /** Goes on with another service. */
    public Resources andService(String name) {
        finish();
        service = name;
        subsets.clear();
        rules.clear();
        budget = Route.RetryBudget.DEFAULT;
        policy = TrafficPolicy.Spec.defaults(name);
        return this;
    }

    /** Adds an active instance for each name; host {@code <name>.test}, port 8080, uid as the name. */
    public Resources instances(String... names) {
        for (String name : names) {
            instance(Metadata.of(NAMESPACE, name), Instance.State.ACTIVE);
        }
        return this;
    }

    /** Adds a subset of the instances labelled {@code version: <subset>}, and such an instance for each name. */
    public Resources subset(String subset, String... names) {
        Map<String, String> label = Map.of("version", subset);
        subsets.add(new Service.Subset(subset, label));
        for (String name : names) {
            instance(Metadata.of(NAMESPACE, name).withLabels(label), Instance.State.ACTIVE);
        }
        return this;
    }

    /** Adds a draining instance. */
    public Resources draining(String name) {
        instance(Metadata.of(NAMESPACE, name), Instance.State.DRAINING);
        return this;
    }

    /** Adds a rule to the service's route. */
    public Resources rule(Route.Rule rule) {
        rules.add(rule);
        return this;
    }

    /** Adds a rule for every call that differs from the default in its retry settings. */
    public Resources retry(Route.Retry retry) {
        return rule(Route.Rule.builder().retry(retry).build());
    }

    /** Sets what the service's retries may cost. */
    public Resources budget(double percent, double minPerSecond) {
        budget = new Route.RetryBudget(percent, minPerSecond, Route.RetryBudget.DEFAULT.window());
        return this;
    }

    /** Changes the service's traffic policy. */
    public Resources policy(UnaryOperator<TrafficPolicy.Spec> change) {
        policy = change.apply(policy);
        return this;
    }

    /** Returns everything. */
    public List<Resource> list() {
        finish();
        return List.copyOf(done);
    }

    private void instance(Metadata metadata, Instance.State state) {
        String name = metadata.name();
        done.add(new Instance(metadata, new Instance.Spec(service, name, name + ".test", PORT, 100, state)));
    }

    private void finish() {
        Metadata metadata = Metadata.of(NAMESPACE, service);
        done.add(new Service(metadata, new Service.Spec(Service.Spec.DEFAULT.protocol(), subsets)));
        done.add(new Route(metadata, new Route.Spec(service, rules, budget)));
        done.add(new TrafficPolicy(metadata, policy));
    }
}
