package io.tulle.client.registry;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.WatchLine;
import io.tulle.client.wire.WatchLine.Removed;
import io.tulle.client.wire.WatchLine.ServiceUpdate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Resources and lines for these tests. */
final class Samples {
    static final String CATALOG = "shop/catalog";

    private Samples() {}

    static Service service(String name, String... subsets) {
        return Service.of(
                "shop",
                name,
                new Service.Spec(
                        Service.Spec.DEFAULT.protocol(),
                        Arrays.stream(subsets)
                                .map(subset -> new Service.Subset(subset, Map.of("version", subset)))
                                .toList()));
    }

    static Instance instance(String service, String name) {
        return instance(service, name, name + "-uid");
    }

    static Instance instance(String service, String name, String uid) {
        return new Instance(Metadata.of("shop", name), Instance.Spec.of(service, uid, "127.0.0.1", 8080));
    }

    static Route route(String service, Route.Destination... destinations) {
        return new Route(
                Metadata.of("shop", service),
                new Route.Spec(
                        service,
                        List.of(Route.Rule.builder()
                                .name("all")
                                .destinations(destinations)
                                .build()),
                        Route.RetryBudget.DEFAULT));
    }

    /** The service itself and so many instances, named {@code <service>-1} and so on. */
    static List<Resource> serviceWith(String service, int instances) {
        List<Resource> resources = new ArrayList<>(List.of(service(service)));
        for (int i = 1; i <= instances; i++) {
            resources.add(instance(service, service + "-" + i));
        }
        return resources;
    }

    static Removed gone(String name, RemovalReason reason) {
        return new Removed("Instance", name, name + "-uid", reason);
    }

    static Line snapshot(String epoch, long revision, List<Resource> resources, Removed... removed) {
        return line(
                WatchLine.Type.SNAPSHOT,
                epoch,
                revision,
                new ServiceUpdate(CATALOG, revision, true, List.of(), resources, List.of(removed), List.of()));
    }

    static Line change(
            String epoch, long previous, long revision, List<? extends Resource> resources, Removed... removed) {
        return line(
                WatchLine.Type.CHANGE,
                epoch,
                revision,
                new ServiceUpdate(
                        CATALOG, previous, true, List.of(), List.copyOf(resources), List.of(removed), List.of()));
    }

    static Line absent(String epoch, long revision, String... near) {
        return line(
                WatchLine.Type.SNAPSHOT,
                epoch,
                revision,
                new ServiceUpdate(CATALOG, 0, false, List.of(near), List.of(), List.of(), List.of()));
    }

    static Line progress(String epoch, long revision) {
        return line(WatchLine.Type.PROGRESS, epoch, revision);
    }

    static Line line(WatchLine.Type type, String epoch, long revision, ServiceUpdate... updates) {
        return new Line(new WatchLine(type, epoch, revision, List.of(updates)), List.of());
    }
}
