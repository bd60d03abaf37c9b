package io.tulle.examples.bookshop.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.time.Ticker;
import io.tulle.client.source.FolderContents;
import io.tulle.core.call.MeshEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
    @TempDir
    private Path path;

    private Manifests manifests;

    @BeforeEach
    void write() {
        manifests = new Manifests(path);
        manifests.shop();
        manifests.route(90, 10);
    }

    private List<Resource> read() {
        return FolderContents.read(path).resources();
    }

    private Route.Rule catalogRule() {
        return read().stream()
                .filter(Route.class::isInstance)
                .map(Route.class::cast)
                .filter(route -> route.spec().service().equals("catalog"))
                .map(route -> route.spec().rules().get(0))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void areAcceptedByTheMeshAsAWhole() {
        MeshEngine engine = new MeshEngine(MeshEngine.Settings.of("shop", Ticker.system(), () -> 4));

        engine.accept(read());

        assertThat(engine.snapshot().services()).hasSize(3);
    }

    @Test
    void anotherSplitReplacesTheRoute() {
        assertThat(catalogRule().destinations())
                .containsExactly(Route.Destination.subset("v1", 90), Route.Destination.subset("v2", 10));

        manifests.route(0, 100);

        assertThat(catalogRule().destinations())
                .containsExactly(Route.Destination.subset("v1", 0), Route.Destination.subset("v2", 100));
    }

    @Test
    void callsAreBoundedAndRetried() {
        assertThat(catalogRule().timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(catalogRule().retry().attemptTimeout()).isEqualTo(Duration.ofMillis(400));
        assertThat(catalogRule().retry().attempts()).isEqualTo(3);
    }
}
