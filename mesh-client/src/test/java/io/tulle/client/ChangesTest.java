package io.tulle.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.api.source.ResourceSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private final List<String> heard = new ArrayList<>();

    /** Says what a test wants it to say. */
    private static final class Source implements ResourceSource {
        private @Nullable Sink sink;

        @Override
        public void start(Sink newSink) {
            sink = newSink;
        }

        @Override
        public boolean subscribe(String service) {
            return service.equals("shop/coming");
        }

        @Override
        public void close() {
            sink = null;
        }
    }

    @Test
    void tellsOfConfigurationsAndOfServicesThatDoNotExist() {
        Source source = new Source();
        try (Mesh mesh = Mesh.builder().service("shop/caller").source(source).build()) {
            Runnable follower =
                    () -> heard.add(mesh.engine().snapshot().byHost("catalog") == null ? "nothing" : "catalog");
            mesh.changes().follow(() -> {
                throw new IllegalStateException("a follower that breaks");
            });
            mesh.changes().follow(follower);
            source.sink.absent("shop/ctalog", List.of("shop/catalog"));
            source.sink.accept(List.<Resource>of(Service.of("shop", "catalog", Service.Spec.DEFAULT)));
            mesh.changes().leave(follower);
            source.sink.accept(List.of());
        }
        assertThat(heard).containsExactly("nothing", "catalog");
    }

    @Test
    void saysThatThereIsNoNewsAnyMore() {
        Mesh mesh = Mesh.builder().service("shop/caller").source(new Source()).build();
        mesh.changes().follow(() -> heard.add(mesh.changes().over() ? "over" : "news"));
        assertThat(mesh.changes().over()).isFalse();
        mesh.close();
        assertThat(heard).containsExactly("over");
    }

    @Test
    void asksWithoutWaiting() {
        try (Mesh mesh =
                Mesh.builder().service("shop/caller").source(new Source()).build()) {
            assertThat(mesh.firstUse().ask("coming")).isTrue();
            assertThat(mesh.firstUse().ask("coming.shop")).isTrue();
            assertThat(mesh.firstUse().ask("catalog")).isFalse();
        }
    }
}
