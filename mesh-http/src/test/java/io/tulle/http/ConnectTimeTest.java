package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Service;
import io.tulle.client.Mesh;
import io.tulle.client.MeshRuntime;
import io.tulle.testing.FixedSource;
import io.tulle.testing.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the balancer learns from calls that need a connection first. Connecting to one of two endpoints takes half a second, by a clock that nothing else moves. */
@Timeout(30)
class ConnectTimeTest {
    private static final int CALLS = 100;

    private final ManualClock clock = new ManualClock(7);
    private final long start = clock.nanos();
    private final Dns dns = host -> {
        clock.advance(Duration.ofMillis(host.equals("far") ? 500 : 0));
        return List.of(InetAddress.getLoopbackAddress());
    };

    @Test
    void anEndpointIsNotSlowBecauseItHadToBeConnectedTo() throws IOException {
        try (MockWebServer near = new MockWebServer();
                MockWebServer far = new MockWebServer()) {
            near.start();
            far.start();
            try (Mesh mesh = mesh(near.getPort(), far.getPort())) {
                Call.Factory calls =
                        MeshCalls.of(mesh, new OkHttpClient.Builder().dns(dns).build());
                for (int i = 0; i < CALLS; i++) {
                    near.enqueue(new MockResponse.Builder().build());
                    far.enqueue(new MockResponse.Builder().build());
                    Request request =
                            new Request.Builder().url("http://catalog/").build();
                    calls.newCall(request).execute().close();
                }
            }

            assertThat(clock.nanos() - start).isEqualTo(500_000_000); // it was connected to, once
            assertThat(far.getRequestCount()).isBetween(CALLS / 3, 2 * CALLS / 3);
            assertThat(near.getRequestCount() + far.getRequestCount()).isEqualTo(CALLS);
        }
    }

    private Mesh mesh(int near, int far) {
        return Mesh.builder()
                .source(new FixedSource(List.of(
                        Service.of("default", "catalog", Service.Spec.DEFAULT),
                        instance("near", near),
                        instance("far", far))))
                .runtime(new MeshRuntime(clock, clock, clock, new SplittableRandom(1)::nextLong))
                .build();
    }

    private static Instance instance(String host, int port) {
        return new Instance(Metadata.of("default", host), Instance.Spec.of("catalog", "", host, port));
    }
}
