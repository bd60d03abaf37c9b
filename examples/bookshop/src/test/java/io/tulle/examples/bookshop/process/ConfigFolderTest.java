package io.tulle.examples.bookshop.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.source.ResourceSource;
import io.tulle.api.time.Ticker;
import io.tulle.client.source.FolderSource;
import io.tulle.core.call.MeshEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFolderTest {
    @TempDir
    private Path path;

    private ConfigFolder folder;

    @BeforeEach
    void write() {
        folder = new ConfigFolder(path);
        folder.writeServices();
        folder.writeWeights(90, 10);
        folder.writeInstances(List.of(
                new ConfigFolder.Entry(new Replica("catalog", "v1", 1), "catalog-v1-1.1", 4001, false),
                new ConfigFolder.Entry(new Replica("catalog", "v2", 1), "catalog-v2-1.2", 4002, true),
                new ConfigFolder.Entry(new Replica("reviews", "", 1), "reviews-1.3", 4003, false)));
    }

    private List<Resource> read() {
        List<Resource> seen = new ArrayList<>();
        try (FolderSource source = new FolderSource(path)) {
            source.start(new ResourceSource.Sink() {
                @Override
                public void accept(List<Resource> resources) {
                    seen.addAll(resources);
                }

                @Override
                public void rejected(String reason) {
                    throw new AssertionError(reason);
                }
            });
        }
        return seen;
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
    void isAcceptedByTheMeshAsAWhole() {
        MeshEngine engine = new MeshEngine(MeshEngine.Settings.of("shop", Ticker.system(), () -> 4));

        engine.accept(read());

        assertThat(engine.snapshot().services()).hasSize(2);
    }

    @Test
    void anEditOfTheWeightsIsAnEditOfTheRoute() {
        assertThat(catalogRule().destinations())
                .containsExactly(Route.Destination.subset("v1", 90), Route.Destination.subset("v2", 10));

        folder.writeWeights(0, 100);

        assertThat(catalogRule().destinations())
                .containsExactly(Route.Destination.subset("v1", 0), Route.Destination.subset("v2", 100));
    }

    @Test
    void callsAreBoundedAndRetried() {
        assertThat(catalogRule().timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(catalogRule().retry().attemptTimeout()).isEqualTo(Duration.ofMillis(400));
        assertThat(catalogRule().retry().attempts()).isEqualTo(3);
    }

    @Test
    void instancesAreListedWithVersionIdentityAndState() {
        List<Instance> instances = read().stream()
                .filter(Instance.class::isInstance)
                .map(Instance.class::cast)
                .toList();

        assertThat(instances)
                .extracting(each -> each.spec().uid())
                .contains("catalog-v1-1.1", "catalog-v2-1.2", "reviews-1.3");
        assertThat(instances)
                .filteredOn(each -> each.spec().state() == Instance.State.DRAINING)
                .singleElement()
                .satisfies(each -> assertThat(each.metadata().labels()).containsEntry("version", "v2"));
    }
}
