package io.tulle.client.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tulle.client.registry.Sync;
import io.tulle.client.wire.Renewal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SyncMetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicReference<Sync> sync = new AtomicReference<>(Sync.NONE);

    @Test
    void showHowTheProcessStands() {
        SyncMeters.bind(meters, sync::get);
        assertThat(value("connected")).isZero();
        sync.set(new Sync(
                true,
                URI.create("http://localhost:7070"),
                "e",
                7,
                Duration.ofMillis(1500),
                "",
                List.of(),
                Map.of(),
                List.of(new Renewal.Rejected("Route", "shop/catalog", "7", "bad")),
                List.of(),
                List.of()));
        assertThat(value("connected")).isEqualTo(1);
        assertThat(value("stale")).isEqualTo(1.5);
        assertThat(value("rejected")).isEqualTo(1);
        assertThat(value("held")).isZero();
    }

    private double value(String name) {
        return meters.get("mesh.registry." + name).gauge().value();
    }
}
