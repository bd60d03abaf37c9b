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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a channel the endpoints of a service and of every other that its route leads to, and follows the configuration. It answers at once, with the addresses
 * that are known by then, also for a service that is not known: what calls are then told is the engine's business. In the channel's synchronization context.
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
    private final Names names;
    private final ConfigOrError serviceConfig;
    private final Attributes selecting;
    private final Runnable news = this::newsCame;
    private @Nullable Listener2 listener;
    private long told = -1;
    private Set<Endpoint> endpoints = Set.of();
    private List<EquivalentAddressGroup> addresses = List.of();
    private Set<Endpoint> awaited = Set.of(); // whose names are looked up for the first time

    MeshResolver(Wiring wiring, Args args) {
        this.wiring = wiring;
        context = args.getSynchronizationContext();
        names = new Names(args, this::namesMean);
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
        Set<Endpoint> newest = service == null ? Set.of() : endpoints(service);
        if (!newest.equals(endpoints)) { // else another service has changed, or a rule
            endpoints = newest;
            names.keep(newest.stream().map(Endpoint::host).collect(Collectors.toSet()));
            combine();
        }
        deliver(to);
    }

    /** Names mean something new. */
    private void namesMean() {
        Listener2 to = listener;
        if (to != null) {
            combine();
            deliver(to);
        }
    }

    @Override
    public void refresh() {
        names.refresh();
    }

    private void combine() {
        List<EquivalentAddressGroup> known = new ArrayList<>();
        Set<Endpoint> unknown = new HashSet<>();
        for (Endpoint endpoint : endpoints) {
            List<InetAddress> meant = names.addresses(endpoint.host());
            if (meant == null) {
                unknown.add(endpoint);
            } else {
                known.add(group(endpoint, meant));
            }
        }
        addresses = known;
        awaited = unknown;
    }

    private void deliver(Listener2 to) {
        Delivery delivery = new Delivery(addresses, awaited, told);
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

    private static Set<Endpoint> endpoints(ServiceSnapshot service) {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (RuleSnapshot rule : service.rules()) {
            rule.destinations().forEach(group -> endpoints.addAll(group.endpoints()));
        }
        return endpoints;
    }

    /** All addresses, for the subchannel to try in turn; one that is not resolved when the name is not known, and connecting then says so. */
    private static EquivalentAddressGroup group(Endpoint endpoint, List<InetAddress> meant) {
        List<SocketAddress> each = meant.isEmpty()
                ? List.of(InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port()))
                : meant.stream()
                        .<SocketAddress>map(ip -> new InetSocketAddress(ip, endpoint.port()))
                        .toList();
        return new EquivalentAddressGroup(
                each, Attributes.newBuilder().set(ENDPOINT, endpoint).build());
    }
}
