package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Outcome;
import io.tulle.testing.sockets.Wire;
import io.tulle.testing.wire.WireServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that was started again leaves as many dead connections as a burst had needed. */
@Timeout(60)
class StaleConnectionsTest {
    private static final int BURST = 8;

    @Test
    void ofDeadConnectionsOneCostsAnAttempt() throws Exception {
        CyclicBarrier together = new CyclicBarrier(BURST);
        try (WireServer server = WireServer.start(WireServer.Speaks.HTTP1);
                TestMesh mesh = new TestMesh().catalogAt(server.port()).client(new OkHttpClient())) {
            server.answers(exchange -> {
                meet(together);
                Wire.HTTP1.ok().answer(exchange);
            });
            List<Answer> burst = Stream.generate(() -> Answer.of(mesh.get("http://catalog/")))
                    .limit(BURST)
                    .toList();
            for (Answer answer : burst) {
                answer.text();
            }
            assertThat(server.connections()).isEqualTo(BURST);
            mesh.outcomes.clear();

            server.answers(Wire.HTTP1.ok()).hangUp();
            assertThat(server.awaitOpen(0, Duration.ofSeconds(10))).isZero();
            for (int i = 0; i < BURST; i++) {
                mesh.get("http://catalog/").execute().close();
            }

            assertThat(mesh.outcomes)
                    .extracting(Outcome::error)
                    .filteredOn(error -> error != null)
                    .hasSize(1);
        }
    }

    private static void meet(CyclicBarrier together) throws IOException {
        try {
            together.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException("the others did not come", e);
        }
    }
}
