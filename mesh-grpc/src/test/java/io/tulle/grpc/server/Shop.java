package io.tulle.grpc.server;

import io.tulle.api.resource.TrafficPolicy;
import io.tulle.client.Mesh;
import io.tulle.testing.FixedSource;
import io.tulle.testing.RecordingListener;
import io.tulle.testing.Resources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mesh of a process that is {@code default/shop}, and what its listener hears. */
final class Shop implements AutoCloseable {
    final RecordingListener heard = new RecordingListener();
    final Mesh mesh;

    /** Creates a shop that takes in {@code maxInFlight} requests at a time, or all. */
    Shop(@Nullable Integer maxInFlight) {
        FixedSource source = new FixedSource(Resources.service("shop")
                .policy(spec -> spec.withInbound(new TrafficPolicy.Inbound(maxInFlight)))
                .list());
        mesh = Mesh.builder()
                .service("default/shop")
                .source(source)
                .listener(heard)
                .build();
    }

    /** Returns what was heard about ends of requests. */
    List<String> ends() {
        return heard.lines("requestEnded");
    }

    int inFlight() {
        return mesh.inbound().inFlight();
    }

    @Override
    public void close() {
        mesh.close();
    }
}
