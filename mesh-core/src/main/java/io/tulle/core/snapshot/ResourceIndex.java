package io.tulle.core.snapshot;

import io.tulle.api.resource.ContradictoryResourcesException;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.InstanceOverride;
import io.tulle.api.resource.InvalidField;
import io.tulle.api.resource.NearestNames;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.ResourceProblem;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resources by what they are for, with every reference checked. Immutable once built. */
final class ResourceIndex {
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Map<String, Route> routes = new HashMap<>();
    private final Map<String, TrafficPolicy> policies = new HashMap<>();
    private final Map<String, List<Instance>> instances = new HashMap<>();
    private final Map<String, InstanceOverride> overrides = new HashMap<>();
    private final List<ResourceProblem> problems = new ArrayList<>();

    private ResourceIndex() {}

    /**
     * Indexes {@code resources}.
     *
     * @throws ContradictoryResourcesException with every contradiction
     */
    static ResourceIndex of(List<Resource> resources) {
        ResourceIndex index = new ResourceIndex();
        index.checkNames(resources);
        resources.forEach(index::addService);
        resources.forEach(index::addOverride);
        resources.forEach(index::addRest);
        resources.forEach(index::checkDestinations);
        index.checkIdentities();
        if (!index.problems.isEmpty()) {
            throw new ContradictoryResourcesException(index.problems);
        }
        return index;
    }

    Map<String, Service> services() {
        return services;
    }

    @Nullable
    Route route(String service) {
        return routes.get(service);
    }

    Route.RetryBudget budget(String service) {
        Route route = routes.get(service);
        return route == null ? Route.RetryBudget.DEFAULT : route.spec().retryBudget();
    }

    TrafficPolicy.Spec policy(String service) {
        TrafficPolicy policy = policies.get(service);
        return policy == null ? TrafficPolicy.Spec.defaults(service) : policy.spec();
    }

    List<Instance> instances(String service) {
        return instances.getOrDefault(service, List.of());
    }

    private void checkNames(List<Resource> resources) {
        Set<String> titles = new HashSet<>();
        for (Resource resource : resources) {
            if (!titles.add(resource.title())) {
                problem(
                        resource,
                        "/metadata/name",
                        resource.metadata().name(),
                        "a name that no other " + resource.kind().title() + " of the namespace has");
            }
        }
    }

    private void addService(Resource resource) {
        if (resource instanceof Service service) {
            services.putIfAbsent(
                    service.metadata().namespace() + "/" + service.metadata().name(), service);
        }
    }

    private void addRest(Resource resource) {
        if (resource instanceof Route route) {
            addOnly(routes, route, route.spec().service());
        } else if (resource instanceof TrafficPolicy policy) {
            addOnly(policies, policy, policy.spec().service());
        } else if (resource instanceof Instance instance
                && known(instance, "/spec/service", instance.spec().service())) {
            instances
                    .computeIfAbsent(instance.service(), key -> new ArrayList<>())
                    .add(overridden(instance));
        }
    }

    private void addOverride(Resource resource) {
        if (resource instanceof InstanceOverride override
                && known(override, "/spec/service", override.spec().service())) {
            String instance = override.service() + "/" + override.spec().instance();
            InstanceOverride first = overrides.putIfAbsent(instance, override);
            if (first != null) {
                problem(
                        override,
                        "/spec/instance",
                        override.spec().instance(),
                        "an instance without another override; " + first.title() + " is for it already");
            }
        }
    }

    private Instance overridden(Instance instance) {
        InstanceOverride override =
                overrides.get(instance.service() + "/" + instance.metadata().name());
        return override != null && override.concerns(instance) ? override.apply(instance) : instance;
    }

    private <R extends Resource> void addOnly(Map<String, R> byService, R resource, String service) {
        if (known(resource, "/spec/service", service)) {
            R first = byService.putIfAbsent(resource.qualify(service), resource);
            if (first != null) {
                problem(
                        resource,
                        "/spec/service",
                        service,
                        "a service without another " + resource.kind().title() + "; " + first.title()
                                + " is for it already");
            }
        }
    }

    private boolean known(Resource resource, String pointer, String reference) {
        String name = resource.qualify(reference);
        return check(
                services.containsKey(name), resource, pointer, reference, "a known service", name, services.keySet());
    }

    private void checkDestinations(Resource resource) {
        if (!(resource instanceof Route route)) {
            return;
        }
        for (int i = 0; i < route.spec().rules().size(); i++) {
            Route.Rule rule = route.spec().rules().get(i);
            for (int j = 0; j < rule.destinations().size(); j++) {
                checkDestination(route, rule.destinations().get(j), "/spec/rules/" + i + "/destinations/" + j);
            }
        }
    }

    private void checkDestination(Route route, Route.Destination destination, String pointer) {
        boolean own = destination.service().isEmpty(); // the route's own service is checked where the route names it
        String reference = own ? route.spec().service() : destination.service();
        Service service = services.get(route.qualify(reference));
        if (service == null) {
            if (!own) {
                known(route, pointer + "/service", reference);
            }
            return;
        }
        String subset = destination.subset();
        List<String> subsets =
                service.spec().subsets().stream().map(Service.Subset::name).toList();
        check(
                subset.isEmpty() || subsets.contains(subset),
                route,
                pointer + "/subset",
                subset,
                "a subset of " + reference,
                subset,
                subsets);
    }

    private void checkIdentities() {
        for (List<Instance> copies : instances.values()) {
            Map<String, Instance> seen = new HashMap<>();
            for (Instance instance : copies) {
                Instance first = seen.putIfAbsent(Endpoint.id(instance), instance);
                if (first != null) {
                    problem(
                            instance,
                            "/spec/uid",
                            Endpoint.id(instance),
                            "a uid and port that no other instance has; " + first.title() + " has it");
                }
            }
        }
    }

    private boolean check(
            boolean ok,
            Resource resource,
            String pointer,
            String value,
            String expected,
            String name,
            Collection<String> candidates) {
        if (!ok) {
            List<String> near = NearestNames.to(name, candidates);
            problem(
                    resource,
                    pointer,
                    value,
                    near.isEmpty() ? expected : expected + "; did you mean " + String.join(" or ", near) + "?");
        }
        return ok;
    }

    private void problem(Resource resource, String pointer, String value, String expected) {
        problems.add(new ResourceProblem(resource, new InvalidField(pointer, "'" + value + "'", expected)));
    }
}
