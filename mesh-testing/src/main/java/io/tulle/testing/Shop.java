package io.tulle.testing;

import io.tulle.api.resource.TrafficPolicy;
import io.tulle.client.Mesh;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mesh of a process that serves as {@code default/shop}, for tests of what stands before its handlers, and what its listener hears. Thread-safe. */
public final class Shop implements AutoCloseable {
    private final RecordingListener heard = new RecordingListener();
    private final Mesh mesh;

    /** Creates a shop that takes in {@code maxInFlight} requests at a time; null means all. */
    public Shop(@Nullable Integer maxInFlight) {
        FixedSource source = new FixedSource(Resources.service("shop")
                .policy(spec -> spec.withInbound(new TrafficPolicy.Inbound(maxInFlight)))
                .list());
        mesh = Mesh.builder()
                .service("default/shop")
                .source(source)
                .listener(heard)
                .build();
    }

    /** Returns its mesh. */
    public Mesh mesh() {
        return mesh;
    }

    /** Returns what its listener has heard. */
    public RecordingListener heard() {
        return heard;
    }

    /** Returns what was heard about ends of requests. */
    public List<String> ends() {
        return heard.lines("requestEnded");
    }

    /** Returns how many requests are being served. */
    public int inFlight() {
        return mesh.inbound().inFlight();
    }

    @Override
    public void close() {
        mesh.close();
    }
}
