package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.testing.sockets.Wire;
import io.tulle.testing.wire.WireScript;
import io.tulle.testing.wire.WireServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An HTTP/2 connection whose peer says nothing more, and has not closed it, while the endpoint takes new ones. */
@Timeout(60)
class SilentConnectionTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    private final AtomicInteger lost = new AtomicInteger();

    private static WireServer server(WireScript script) {
        return WireServer.start(WireServer.Speaks.HTTP2).answers(script);
    }

    /** Says nothing on the first connection, and counts what is asked there. */
    private WireScript silentOnTheFirst() {
        WireScript ok = Wire.HTTP2.ok();
        return exchange -> {
            if (exchange.connection() == 1) {
                lost.incrementAndGet();
            } else {
                ok.answer(exchange);
            }
        };
    }

    private static Route.Rule.Builder attempts(int most) {
        return Route.Rule.builder()
                .retry(Route.Retry.builder()
                        .attempts(most)
                        .attemptTimeout(ATTEMPT)
                        .backoff(Duration.ofMillis(20), Duration.ofMillis(20))
                        .build());
    }

    private static TestMesh mesh(Route.Rule.Builder rule, TrafficPolicy.OutlierDetection detection) {
        Metadata catalog = Metadata.of("default", "catalog");
        Route route = new Route(
                catalog,
                new Route.Spec(
                        "catalog", List.of(rule.build()), new Route.RetryBudget(100, 1000, Duration.ofSeconds(10))));
        TrafficPolicy policy = new TrafficPolicy(
                catalog,
                TrafficPolicy.Spec.defaults("catalog")
                        .withOutlierDetection(detection)
                        .withLoadBalancer(TrafficPolicy.LoadBalancer.of(
                                TrafficPolicy.Algorithm.ROUND_ROBIN))); // whoever was slow at first
        return new TestMesh(route, policy).client(OkHttpSockets.client(Wire.HTTP2));
    }

    private static TrafficPolicy.OutlierDetection.Builder ejectedAfter(int failures) {
        return TrafficPolicy.OutlierDetection.builder()
                .consecutiveFailures(failures)
                .failureRate(0, 1);
    }

    private static int get(TestMesh mesh) throws IOException {
        try (Response response = mesh.get("http://catalog/").execute()) {
            return response.body().bytes().length;
        }
    }

    @Test
    void theEndpointServesOverAnotherConnectionAndTheOldOneIsClosed() throws Exception {
        try (WireServer server = server(Wire.HTTP2.ok());
                TestMesh mesh = mesh(attempts(10), ejectedAfter(0).build())) {
            mesh.catalogAt(server.port());
            assertThat(get(mesh)).isPositive();
            server.answers(silentOnTheFirst());

            assertThat(get(mesh)).isPositive();

            assertThat(server.connections()).isEqualTo(2);
            assertThat(lost).hasValue(1);
            assertThat(server.awaitOpen(1, Duration.ofSeconds(20)))
                    .as("open connections")
                    .isEqualTo(1);
            assertThat(get(mesh)).isPositive();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void theTrialAfterAnEjectionIsNotSentToTheDeadConnection() throws Exception {
        try (WireServer dying = server(Wire.HTTP2.ok());
                WireServer other = server(Wire.HTTP2.ok());
                TestMesh mesh = mesh(
                        attempts(3),
                        ejectedAfter(1).ejectionTime(SECOND, SECOND).build())) {
            mesh.catalogAt(dying.port(), other.port());
            Awaitility.await().until(() -> get(mesh) > 0 && dying.connections() == 1);
            dying.answers(silentOnTheFirst());

            Awaitility.await().atMost(Duration.ofSeconds(45)).until(() -> get(mesh) > 0 && dying.connections() == 2);

            assertThat(get(mesh)).isPositive();
            assertThat(lost).as("the attempt that ejected, and no other").hasValue(1);
            assertThat(dying.awaitOpen(1, Duration.ofSeconds(20))).isEqualTo(1);
        }
    }
}
