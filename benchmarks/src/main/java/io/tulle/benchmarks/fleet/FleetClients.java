package io.tulle.benchmarks.fleet;

import io.tulle.api.listener.MeshListener;
import io.tulle.benchmarks.request.Get;
import io.tulle.client.Mesh;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Real clients that follow one service; a change is a new name of its route's only rule. */
final class FleetClients implements PropagationRun.Watchers {
    static final int CLIENTS = 200;

    private static final String SERVICE = "fleet/target";
    private static final String ROUTE = "/api/v1/namespaces/fleet/routes/target";

    private final List<Mesh> meshes = new ArrayList<>();
    private final Rest rest;
    private volatile Arrivals arrivals = new Arrivals(0);
    private volatile String awaited = "";
    private int changes;

    private FleetClients(URI registry) {
        rest = new Rest(registry);
    }

    static FleetClients connect(URI registry, Path state) {
        FleetClients clients = new FleetClients(registry);
        clients.rest.put(
                "/api/v1/namespaces/fleet/services/target",
                "{\"kind\":\"Service\",\"metadata\":{\"namespace\":\"fleet\",\"name\":\"target\"}}");
        for (int i = 0; i < CLIENTS; i++) {
            clients.meshes.add(clients.mesh(i, registry, state));
        }
        return clients;
    }

    private Mesh mesh(int who, URI registry, Path state) {
        Seen seen = new Seen(who);
        Mesh mesh = Mesh.builder()
                .service("fleet/client-" + who)
                .registry(registry)
                .stateDir(state)
                .uses(SERVICE)
                .listener(seen)
                .build();
        seen.mesh = mesh;
        return mesh;
    }

    @Override
    public long[] change(Duration patience) {
        Arrivals expected = new Arrivals(CLIENTS);
        String name = "change-" + ++changes;
        arrivals = expected;
        awaited = name;
        long start = System.nanoTime();
        rest.put(ROUTE, """
                {"kind":"Route","metadata":{"namespace":"fleet","name":"target"},"spec":{"service":"target","rules":[{"name":"%s"}]}}""".formatted(name));
        return expected.await(start, patience);
    }

    @Override
    public void close() {
        meshes.forEach(Mesh::close);
    }

    /** Looks after each new configuration whether it is the awaited one. */
    private final class Seen implements MeshListener {
        private final int who;
        private volatile @Nullable Mesh mesh;

        Seen(int who) {
            this.who = who;
        }

        @Override
        public void configApplied(long version, int resources) {
            Mesh owner = mesh;
            ServiceSnapshot service =
                    owner == null ? null : owner.engine().snapshot().byName(SERVICE);
            if (service != null && service.match(Get.ROOT).settings().name().equals(awaited)) {
                arrivals.arrived(who, System.nanoTime());
            }
        }
    }
}
