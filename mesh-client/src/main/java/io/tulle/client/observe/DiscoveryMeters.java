package io.tulle.client.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.tulle.client.Mesh;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows which endpoints a process knows, as Micrometer gauges that come and go with the services.
 *
 * <pre>
 * mesh.discovery.endpoints   service, state: healthy or ejected; both together are all that are known
 * </pre>
 */
public final class DiscoveryMeters {
    private final Supplier<MeshSnapshot> snapshot;
    private final MultiGauge endpoints;
    private final ReentrantLock refreshing = new ReentrantLock();
    private Set<String> shown = Set.of();

    private DiscoveryMeters(MeterRegistry registry, Supplier<MeshSnapshot> snapshot) {
        this.snapshot = snapshot;
        endpoints = MultiGauge.builder("mesh.discovery.endpoints")
                .description("endpoints that are known")
                .register(registry);
    }

    /** Registers the gauges and keeps them in step with the mesh until that is closed. */
    public static void bind(MeterRegistry registry, Mesh mesh) {
        DiscoveryMeters meters =
                new DiscoveryMeters(registry, () -> mesh.engine().snapshot());
        Runnable refresh = meters::refresh;
        mesh.changes().follow(refresh);
        mesh.onClose(() -> mesh.changes().leave(refresh));
        refresh.run();
    }

    private void refresh() {
        refreshing.lock();
        try {
            Set<String> known = names(snapshot.get().services());
            if (!known.equals(shown)) {
                shown = known;
                endpoints.register(known.stream().flatMap(this::rows).toList(), true);
            }
        } finally {
            refreshing.unlock();
        }
    }

    private static Set<String> names(Collection<ServiceSnapshot> services) {
        return services.stream().map(ServiceSnapshot::name).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<MultiGauge.Row<?>> rows(String service) {
        return Stream.of(row(service, "healthy", true), row(service, "ejected", false));
    }

    private MultiGauge.Row<?> row(String service, String state, boolean healthy) {
        return MultiGauge.Row.of(Tags.of("service", service, "state", state), () -> count(service, healthy));
    }

    private long count(String service, boolean healthy) {
        ServiceSnapshot now = snapshot.get().byName(service);
        List<Endpoint> all = now == null ? List.of() : now.endpoints();
        return all.stream().filter(endpoint -> endpoint.healthy() == healthy).count();
    }
}
