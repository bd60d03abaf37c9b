package io.tulle.core.snapshot;

import io.tulle.api.listener.EjectionReason;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.ContradictoryResourcesException;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.api.time.RandomSource;
import io.tulle.core.breaker.CircuitBreaker;
import io.tulle.core.outlier.EjectionLedger;
import io.tulle.core.outlier.EndpointHealth;
import io.tulle.core.retry.RetryBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns a complete set of resources into a {@link MeshSnapshot}, carrying over what the former one has learned. Compiling changes nothing that is in
 * force; {@link #publish} does. Confined to the thread that applies configurations.
 */
public final class SnapshotCompiler {
    private final String ownNamespace;
    private final RandomSource random;
    private final MeshListener listener;

    /** Creates a compiler for a process of {@code ownNamespace}. */
    public SnapshotCompiler(String ownNamespace, RandomSource random, MeshListener listener) {
        this.ownNamespace = ownNamespace;
        this.random = random;
        this.listener = listener;
    }

    /**
     * Compiles {@code resources}.
     *
     * @param former whose learned state is carried over
     * @throws ContradictoryResourcesException if resources do not fit together; it has every contradiction
     */
    public MeshSnapshot compile(List<Resource> resources, MeshSnapshot former, long now) {
        ResourceIndex index = ResourceIndex.of(resources);
        Map<String, ServiceSnapshot> services = new LinkedHashMap<>();
        index.services()
                .forEach(
                        (name, service) -> services.put(name, service(name, service, index, former.byName(name), now)));
        services.forEach((name, service) -> service.rules(rules(index.route(name), service, services)));
        return new MeshSnapshot(former.version() + 1, ownNamespace, services, former.hearsay());
    }

    /** Connects the ledgers to {@code snapshot}, which the caller is about to put in force. */
    public void publish(MeshSnapshot snapshot) {
        for (ServiceSnapshot service : snapshot.services()) {
            List<EndpointHealth> members = service.endpoints().stream()
                    .map(endpoint -> endpoint.state().health())
                    .toList();
            service.ledger()
                    .configure(
                            service.policy().outlierDetection(),
                            members,
                            new Ejections(service),
                            service::refreshGroups);
        }
    }

    private ServiceSnapshot service(
            String name, Service service, ResourceIndex index, @Nullable ServiceSnapshot former, long now) {
        TrafficPolicy.Spec policy = index.policy(name);
        List<Instance> instances = index.instances(name);
        ServiceState state =
                state(name, policy, index.budget(name), instances, former == null ? null : former.state(), now);
        return new ServiceSnapshot(
                name,
                service.spec().protocol(),
                policy,
                state,
                snapshot -> groups(snapshot, service, instances, state));
    }

    private ServiceState state(
            String name,
            TrafficPolicy.Spec policy,
            Route.RetryBudget budget,
            List<Instance> instances,
            @Nullable ServiceState former,
            long now) {
        Map<String, EndpointState> endpoints = new HashMap<>();
        for (Instance instance : instances) {
            String id = Endpoint.id(instance);
            EndpointState known = former == null ? null : former.endpoints().get(id);
            endpoints.put(id, known == null ? new EndpointState() : known);
        }
        TrafficPolicy.ServiceBreaker breaker = policy.serviceBreaker();
        return new ServiceState(
                former == null ? new EjectionLedger() : former.ledger(),
                budget,
                former != null && former.budgetSettings().equals(budget)
                        ? former.budget()
                        : new RetryBudget(budget, now),
                breaker,
                former != null && Objects.equals(former.breakerSettings(), breaker)
                        ? former.breaker()
                        : breaker(name, breaker, now),
                endpoints);
    }

    private @Nullable CircuitBreaker breaker(
            String service, TrafficPolicy.@Nullable ServiceBreaker settings, long now) {
        return settings == null
                ? null
                : new CircuitBreaker(settings, (from, to) -> listener.breakerChanged(service, from, to), now);
    }

    private Map<String, EndpointGroup> groups(
            ServiceSnapshot snapshot, Service service, List<Instance> instances, ServiceState state) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Instance instance : instances) {
            String id = Endpoint.id(instance);
            endpoints.add(new Endpoint(
                    id,
                    snapshot.name(),
                    instance,
                    Objects.requireNonNull(state.endpoints().get(id))));
        }
        Map<String, EndpointGroup> groups = new HashMap<>();
        groups.put("", new EndpointGroup(snapshot, "", endpoints, (int) random.nextLong()));
        for (Service.Subset subset : service.spec().subsets()) {
            List<Endpoint> members = endpoints.stream()
                    .filter(endpoint -> endpoint.labels()
                            .entrySet()
                            .containsAll(subset.labels().entrySet()))
                    .toList();
            groups.put(subset.name(), new EndpointGroup(snapshot, subset.name(), members, (int) random.nextLong()));
        }
        return groups;
    }

    private List<RuleSnapshot> rules(
            @Nullable Route route, ServiceSnapshot service, Map<String, ServiceSnapshot> services) {
        List<RuleSnapshot> compiled = new ArrayList<>();
        if (route != null) {
            route.spec().rules().forEach(rule -> compiled.add(rule(rule, route, service, services)));
        }
        compiled.add(new RuleSnapshot(Route.Rule.DEFAULT, List.of(service.whole()), new int[] {1}, 0));
        return compiled;
    }

    private RuleSnapshot rule(
            Route.Rule rule, Route route, ServiceSnapshot service, Map<String, ServiceSnapshot> services) {
        if (rule.destinations().isEmpty()) {
            return new RuleSnapshot(rule, List.of(service.whole()), new int[] {1}, 0);
        }
        List<EndpointGroup> groups = new ArrayList<>();
        int[] weights = new int[rule.destinations().size()];
        for (Route.Destination destination : rule.destinations()) {
            weights[groups.size()] = destination.weight();
            ServiceSnapshot target =
                    destination.service().isEmpty() ? service : services.get(route.qualify(destination.service()));
            groups.add(Objects.requireNonNull(Objects.requireNonNull(target).group(destination.subset())));
        }
        return new RuleSnapshot(rule, groups, weights, random.nextLong());
    }

    /** Publishes new candidates and tells the listener. */
    private final class Ejections implements EjectionLedger.Observer {
        private final ServiceSnapshot service;

        Ejections(ServiceSnapshot service) {
            this.service = service;
        }

        @Override
        public void ejected(EndpointHealth health, EjectionReason reason, long nanos) {
            listener.endpointEjected(endpoint(health), reason, nanos);
        }

        @Override
        public void returned(EndpointHealth health) {
            listener.endpointReturned(endpoint(health));
        }

        @Override
        public void changed() {
            service.refreshGroups();
        }

        private Endpoint endpoint(EndpointHealth health) {
            return service.endpoints().stream()
                    .filter(endpoint -> endpoint.state().health() == health)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
