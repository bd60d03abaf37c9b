package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.client.MeshRuntime;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.testing.ManualClock;
import java.io.IOException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EndpointClientsTest {
    private final ManualClock clock = new ManualClock(7);
    private final EndpointClients clients =
            new EndpointClients(new OkHttpClient(), new MeshRuntime(clock, clock, clock, () -> 1), null);

    @Test
    void oneTimerWatchesBusyConnectionsHoweverManyConfigurationsCome() throws Exception {
        try (MockWebServer server = new MockWebServer();
                TestMesh mesh = new TestMesh()) {
            server.start();
            server.enqueue(
                    new MockResponse.Builder().body("x".repeat(2_000_000)).build());
            mesh.catalogAt(server.getPort());
            Response busy = send(inForce(mesh).services().stream()
                    .flatMap(service -> service.endpoints().stream())
                    .findFirst()
                    .orElseThrow());

            mesh.remove("catalog-" + server.getPort());
            inForce(mesh);
            for (int port = 1; port <= 5; port++) {
                mesh.reviewsAt(port);
                inForce(mesh);
            }
            clock.advance(Duration.ofSeconds(3));

            assertThat(clients.leaving()).isEqualTo(1);
            assertThat(clock.pending()).isEqualTo(1);
            busy.close();
            clock.advance(Duration.ofSeconds(1));
            assertThat(clients.leaving()).isZero();
            assertThat(clock.pending()).isZero();
        }
    }

    private MeshSnapshot inForce(TestMesh mesh) {
        MeshSnapshot snapshot = mesh.mesh.engine().snapshot();
        clients.inForce(snapshot);
        clock.advance(Duration.ZERO);
        return snapshot;
    }

    private Response send(Endpoint endpoint) throws IOException {
        Request request = new Request.Builder().url("http://catalog/").build();
        WireFacts facts = new WireFacts(new HttpRequestHead(request)) {
            @Override
            long sentNanos() {
                return clock.nanos();
            }

            @Override
            long now() {
                return clock.nanos();
            }

            @Override
            boolean timedOut() {
                return false;
            }
        };
        return clients.newCall(endpoint, request, facts).execute();
    }
}
