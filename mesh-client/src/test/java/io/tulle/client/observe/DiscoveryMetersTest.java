package io.tulle.client.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.api.source.ResourceSource;
import io.tulle.client.Mesh;
import io.tulle.core.call.CallMachine;
import io.tulle.core.snapshot.Reachable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiscoveryMetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Source source = new Source();

    private static final class Source implements ResourceSource {
        private @Nullable Sink sink;

        @Override
        public void start(Sink newSink) {
            sink = newSink;
        }

        @Override
        public void close() {
            sink = null;
        }
    }

    @Test
    void showWhoIsKnownAndWhoOfThemIsHealthy() {
        try (Mesh mesh = Mesh.builder().service("shop/caller").source(source).build()) {
            DiscoveryMeters.bind(meters, mesh);
            assertThat(meters.find("mesh.discovery.endpoints").gauges()).isEmpty();
            source.sink.accept(resources("a", "b"));
            assertThat(count("healthy")).isEqualTo(2);
            assertThat(count("ejected")).isZero();
            fail(mesh);
            assertThat(count("healthy")).isEqualTo(1);
            assertThat(count("ejected")).isEqualTo(1);
            source.sink.accept(resources("a", "b", "c"));
            assertThat(count("healthy")).isEqualTo(2);
            source.sink.accept(List.of());
            assertThat(meters.find("mesh.discovery.endpoints").gauges()).isEmpty();
        }
    }

    private static List<Resource> resources(String... instances) {
        List<Resource> resources = new ArrayList<>(List.of(
                Service.of("shop", "catalog", Service.Spec.DEFAULT),
                new TrafficPolicy(
                        Metadata.of("shop", "catalog"),
                        TrafficPolicy.Spec.defaults("catalog")
                                .withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                                        .consecutiveFailures(1)
                                        .build()))));
        for (String name : instances) {
            resources.add(new Instance(Metadata.of("shop", name), Instance.Spec.of("catalog", name, "10.0.0.1", 80)));
        }
        return resources;
    }

    private static void fail(Mesh mesh) {
        CallMachine call = mesh.engine()
                .newCall(
                        "catalog",
                        mesh.engine().snapshot().byHost("catalog"),
                        TracedRequest.GET,
                        MeshCallOptions.DEFAULT);
        call.start(1);
        call.next();
        call.subject().pick(Reachable.ALL, 1);
        call.onEnd(call.subject(), Outcome.failed(TransportError.CONNECT, Processed.NO), 2);
    }

    private double count(String state) {
        return meters.get("mesh.discovery.endpoints")
                .tags("service", "shop/catalog", "state", state)
                .gauge()
                .value();
    }
}
