package io.tulle.proofs.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.registry.RegistryOptions;
import io.tulle.registry.RegistryServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of trouble, for a moment each; {@code mesh proof states} takes longer. */
class StatesTest {
    @TempDir
    private Path folder;

    @Test
    void callsNoticeNothingWhateverIsTheMatterWithTheRegistry() throws InterruptedException {
        StatesRun.Size size = new StatesRun.Size(50, Duration.ofMillis(100), 5, 3);

        List<StateResult> results = new StatesRun(size, line -> {}).run(List.of(State.values()), Embedded::new, folder);

        StatesReport.lines(results).forEach(System.out::println);
        assertThat(results).hasSize(State.values().length).allSatisfy(result -> {
            assertThat(result.calls().failures()).as(result.state().title()).isEmpty();
            assertThat(result.calls().nanos()).as(result.state().title()).isNotEmpty();
            assertThat(result.inside()).as("callers inside the session").isEmpty();
        });
    }

    /** A registry in this process, which is quick to start. */
    private static final class Embedded implements RegistryControl {
        private final Path data;
        private @Nullable RegistryServer server;
        private int port;

        Embedded(Path folder) {
            data = folder.resolve("registry");
            start();
        }

        @Override
        public URI uri() {
            return URI.create("http://127.0.0.1:" + port);
        }

        @Override
        public void kill() {
            RegistryServer running = server;
            server = null;
            if (running != null) {
                running.close();
            }
        }

        @Override
        public void start() {
            if (server == null) {
                RegistryServer started = RegistryServer.start(RegistryOptions.DEFAULT
                        .withPort(port)
                        .withData(data)
                        .withLease(Duration.ofSeconds(1))
                        .withProgress(Duration.ofMillis(300)));
                server = started;
                port = started.uri().getPort();
            }
        }

        @Override
        public void close() {
            kill();
        }
    }
}
