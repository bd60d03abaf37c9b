package io.tulle.grpc;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.RuleSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a channel the endpoints of a service and of every other that its route leads to, and follows the configuration. It answers at once, also for a
 * service that is not known: what calls are then told is the engine's business. In the channel's synchronization context.
 */
final class MeshResolver extends NameResolver {
    /** The endpoint that an address stands for. */
    @EquivalentAddressGroup.Attr
    static final Attributes.Key<Endpoint> ENDPOINT = Attributes.Key.create("io.tulle.grpc.endpoint");

    private static final Logger LOG = LoggerFactory.getLogger(MeshResolver.class);
    private static final Map<String, ?> SERVICE_CONFIG =
            Map.of("loadBalancingConfig", List.of(Map.of(MeshBalancerProvider.NAME, Map.of())));

    private final Wiring wiring;
    private final SynchronizationContext context;
    private final Executor offload;
    private final ConfigOrError serviceConfig;
    private final Attributes selecting;
    private final Runnable news = this::newsCame;
    private @Nullable Listener2 listener;
    private long told = -1;
    private boolean answered;
    private boolean named; // an endpoint has a name for its host

    MeshResolver(Wiring wiring, Args args) {
        this.wiring = wiring;
        context = args.getSynchronizationContext();
        Executor given = args.getOffloadExecutor();
        offload = given == null ? ForkJoinPool.commonPool() : given; // a channel always gives one
        serviceConfig = args.getServiceConfigParser().parseServiceConfig(SERVICE_CONFIG);
        Object config = serviceConfig.getConfig();
        if (config == null) {
            throw new IllegalStateException(
                    "the channel refuses the service config of the mesh: " + serviceConfig.getError());
        }
        selecting = MeshConfigSelector.attributes(config, new MeshInterceptor(wiring));
    }

    @Override
    public String getServiceAuthority() {
        return wiring.host();
    }

    @Override
    public void start(Listener2 newListener) {
        listener = newListener;
        wiring.changes().follow(news);
        wiring.firstUse().ask(wiring.host());
        publish();
    }

    @Override
    public void shutdown() {
        wiring.changes().leave(news);
        listener = null;
    }

    private void newsCame() {
        context.execute(wiring.changes().over() ? this::again : this::publish);
    }

    /** Tells the same again: who waits looks whether there is still something to wait for. */
    private void again() {
        told = -1;
        publish();
    }

    private void publish() {
        MeshSnapshot snapshot = wiring.engine().snapshot();
        Listener2 to = listener;
        if (to == null || snapshot.version() == told) {
            return;
        }
        told = snapshot.version();
        ServiceSnapshot service = snapshot.byHost(wiring.host());
        if (service != null) {
            Honoured.problems(service).forEach(problem -> LOG.error("{}", problem));
        }
        Set<Endpoint> endpoints = service == null ? Set.of() : endpoints(service);
        named = endpoints.stream().anyMatch(Addresses::named);
        if (named) {
            if (!answered) { // calls take their way through the interceptor from the first on, on the threads that make
                // them
                deliver(to, List.of(), Delivery.COMING);
            }
            lookUp(endpoints, told);
        } else {
            deliver(to, addresses(endpoints), told);
        }
        answered = true;
    }

    /** Names are looked up elsewhere: nothing blocks here. */
    private void lookUp(Set<Endpoint> endpoints, long version) {
        offload.execute(() -> {
            List<EquivalentAddressGroup> found = addresses(endpoints);
            context.execute(() -> {
                Listener2 to = listener;
                if (to != null && told == version) {
                    deliver(to, found, version);
                }
            });
        });
    }

    @Override
    public void refresh() {
        if (named) {
            again();
        }
    }

    private void deliver(Listener2 to, List<EquivalentAddressGroup> addresses, long version) {
        Delivery delivery = new Delivery(addresses, version);
        to.onResult2(ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(List.of()))
                .setServiceConfig(serviceConfig)
                .setAttributes(selecting.toBuilder().set(Delivery.KEY, delivery).build())
                .build());
        if (!delivery.taken()) {
            LOG.error("{}: {}", wiring.host(), delivery);
            to.onResult2(ResolutionResult.newBuilder()
                    .setAddressesOrError(StatusOr.fromStatus(Delivery.REFUSED))
                    .build());
        }
    }

    private static List<EquivalentAddressGroup> addresses(Set<Endpoint> endpoints) {
        return endpoints.stream().map(MeshResolver::address).toList();
    }

    private static Set<Endpoint> endpoints(ServiceSnapshot service) {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (RuleSnapshot rule : service.rules()) {
            rule.destinations().forEach(group -> endpoints.addAll(group.endpoints()));
        }
        return endpoints;
    }

    private static EquivalentAddressGroup address(Endpoint endpoint) {
        return new EquivalentAddressGroup(
                Addresses.of(endpoint),
                Attributes.newBuilder().set(ENDPOINT, endpoint).build());
    }
}
