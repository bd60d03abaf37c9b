package io.tulle.benchmarks.fleet;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.client.codec.JsonRecords;
import io.tulle.client.codec.ResourceWriter;
import io.tulle.client.wire.OpenSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Fills a registry as a fleet of that size would: services by apply, instances by sessions. */
final class FleetData {
    static final int SERVICES = 1_000;
    static final int INSTANCES = 20_000;

    private static final String NAMESPACE = "fleet";
    private static final int APPLY = 30;
    private static final int PER_SESSION = 20;

    private final Rest rest;

    FleetData(Rest rest) {
        this.rest = rest;
    }

    /** Makes the services and registers the instances. */
    void fill() {
        List<Resource> services = IntStream.range(0, SERVICES)
                .mapToObj(FleetData::service)
                .map(Resource.class::cast)
                .toList();
        for (int i = 0; i < services.size(); i += APPLY) {
            rest.post("/api/v1/apply", ResourceWriter.json(services.subList(i, Math.min(services.size(), i + APPLY))));
        }
        for (int i = 0; i < INSTANCES; i += PER_SESSION) {
            rest.post("/api/v1/sessions", JsonRecords.write(session(i)));
        }
    }

    private static Service service(int number) {
        return Service.of(NAMESPACE, "service-" + number, Service.Spec.DEFAULT);
    }

    private static OpenSession session(int first) {
        List<Instance> instances = new ArrayList<>();
        for (int i = first; i < first + PER_SESSION; i++) {
            instances.add(new Instance(
                    Metadata.of(NAMESPACE, "instance-" + i)
                            .withLabels(Map.of("version", "v" + i % 3, "zone", "z" + i % 2)),
                    Instance.Spec.of(
                            "service-" + i % SERVICES,
                            "7f3a9c52-" + i,
                            "10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256,
                            8080)));
        }
        Map<String, Integer> schemas =
                Arrays.stream(Kind.values()).collect(Collectors.toMap(Kind::title, Kind::schema));
        return new OpenSession(NAMESPACE + "/service-0", "fill-" + first, "fleet", schemas, List.of(), instances);
    }
}
