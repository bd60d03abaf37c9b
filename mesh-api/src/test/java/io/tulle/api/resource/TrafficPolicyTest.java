package io.tulle.api.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.TrafficPolicy.Algorithm;
import io.tulle.api.resource.TrafficPolicy.ConcurrencyLimit;
import io.tulle.api.resource.TrafficPolicy.Inbound;
import io.tulle.api.resource.TrafficPolicy.LoadBalancer;
import io.tulle.api.resource.TrafficPolicy.OutlierDetection;
import io.tulle.api.resource.TrafficPolicy.ServiceBreaker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrafficPolicyTest {
    @Test
    void defaults() {
        assertThat(LoadBalancer.DEFAULT)
                .isEqualTo(new LoadBalancer(Algorithm.PEAK_EWMA, Duration.ofSeconds(10), Duration.ofSeconds(1)));
        assertThat(OutlierDetection.DEFAULT)
                .isEqualTo(new OutlierDetection(5, 50, 20, Duration.ofSeconds(10), Duration.ofMinutes(5), 50, 50));
        assertThat(OutlierDetection.builder().build()).isEqualTo(OutlierDetection.DEFAULT);
        assertThat(ServiceBreaker.DEFAULT)
                .isEqualTo(new ServiceBreaker(50, 20, Duration.ofSeconds(10), Duration.ofSeconds(5), 3));
        assertThat(TrafficPolicy.Spec.defaults("s"))
                .isEqualTo(
                        new TrafficPolicy.Spec("s", LoadBalancer.DEFAULT, OutlierDetection.DEFAULT, null, null, null));
    }

    @Test
    void eachPartCanBeReplaced() {
        LoadBalancer balancer = LoadBalancer.of(Algorithm.ROUND_ROBIN);
        OutlierDetection outlier =
                OutlierDetection.builder().consecutiveFailures(1).build();
        ConcurrencyLimit limit = new ConcurrencyLimit(4);
        TrafficPolicy.Spec spec = TrafficPolicy.Spec.defaults("s")
                .withLoadBalancer(balancer)
                .withOutlierDetection(outlier)
                .withServiceBreaker(ServiceBreaker.DEFAULT)
                .withConcurrencyLimit(limit)
                .withInbound(new Inbound(7));
        assertThat(spec)
                .isEqualTo(
                        new TrafficPolicy.Spec("s", balancer, outlier, ServiceBreaker.DEFAULT, limit, new Inbound(7)));
        assertThat(balancer.decay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(balancer.failurePenalty()).isEqualTo(Duration.ofSeconds(1));
        assertThat(new TrafficPolicy(Metadata.of("n", "p"), spec).kind()).isEqualTo(Kind.TRAFFIC_POLICY);
    }

    @Test
    void aBuilderSetsEveryPartOfOutlierDetection() {
        assertThat(OutlierDetection.builder()
                        .consecutiveFailures(1)
                        .failureRate(2, 3)
                        .ejectionTime(Duration.ofSeconds(4), Duration.ofSeconds(5))
                        .maxEjectionPercent(6)
                        .panicThresholdPercent(7)
                        .build())
                .isEqualTo(new OutlierDetection(1, 2, 3, Duration.ofSeconds(4), Duration.ofSeconds(5), 6, 7));
    }

    @Test
    void badSpecs() {
        assertThat(Refusals.of(() -> TrafficPolicy.Spec.defaults("")))
                .containsExactly("/service: '' (expected: a service as name or namespace/name)");
    }

    @Test
    void badLoadBalancers() {
        assertThat(Refusals.of(
                        () -> new LoadBalancer(Algorithm.PEAK_EWMA, Duration.ofMillis(99), Duration.ofSeconds(61))))
                .containsExactly("/decay: 99ms (expected: 100ms..10m)", "/failurePenalty: 1m1s (expected: 0s..1m)");
        assertThat(Refusals.of(
                        () -> new LoadBalancer(Algorithm.PEAK_EWMA, Duration.ofMinutes(11), Duration.ofMillis(-1))))
                .containsExactly("/decay: 11m (expected: 100ms..10m)", "/failurePenalty: -1ms (expected: 0s..1m)");
    }

    @Test
    void badOutlierDetection() {
        assertThat(Refusals.of(() ->
                        new OutlierDetection(1001, 100.5, 0, Duration.ofMinutes(61), Duration.ofHours(25), -1, 101)))
                .containsExactly(
                        "/consecutiveFailures: 1001 (expected: 0..1000)",
                        "/failureRatePercent: 100.5 (expected: a percentage, 0..100)",
                        "/minimumCalls: 0 (expected: 1..63)",
                        "/baseEjectionTime: 1h1m (expected: 1ms..1h)",
                        "/maxEjectionTime: 25h (expected: 1h1m..24h)",
                        "/maxEjectionPercent: -1.0 (expected: a percentage, 0..100)",
                        "/panicThresholdPercent: 101.0 (expected: a percentage, 0..100)");
        assertThat(Refusals.of(
                        () -> OutlierDetection.builder().failureRate(50, 64).build()))
                .containsExactly("/minimumCalls: 64 (expected: 1..63)");
        assertThat(Refusals.of(() -> OutlierDetection.builder()
                        .ejectionTime(Duration.ofSeconds(2), Duration.ofSeconds(1))
                        .build()))
                .containsExactly("/maxEjectionTime: 1s (expected: 2s..24h)");
    }

    @Test
    void badBreakers() {
        assertThat(Refusals.of(() -> new ServiceBreaker(0, 0, Duration.ofMillis(1), Duration.ofMillis(9), 0)))
                .containsExactly(
                        "/failureRatePercent: 0.0 (expected: above 0, up to 100)",
                        "/minimumCalls: 0 (expected: 1..1000000)",
                        "/window: 1ms (expected: 1s..10m)",
                        "/openDuration: 9ms (expected: 10ms..1h)",
                        "/halfOpenCalls: 0 (expected: 1..1000)");
        assertThat(Refusals.of(
                        () -> new ServiceBreaker(100.1, 1_000_001, Duration.ofMinutes(11), Duration.ofHours(2), 1001)))
                .hasSize(5);
        assertThat(Refusals.of(
                        () -> new ServiceBreaker(Double.NaN, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 1)))
                .hasSize(1);
        assertThat(Refusals.of(() -> new ServiceBreaker(100, 1, Duration.ofSeconds(1), Duration.ofMillis(10), 1)))
                .isEmpty();
    }

    @Test
    void badLimits() {
        assertThat(Refusals.of(() -> new ConcurrencyLimit(0)))
                .containsExactly("/maxInFlightPerEndpoint: 0 (expected: 1..1000000)");
        assertThat(Refusals.of(() -> new ConcurrencyLimit(1_000_001))).hasSize(1);
        assertThat(Refusals.of(() -> new ConcurrencyLimit(1_000_000))).isEmpty();
    }

    @Test
    void badInbound() {
        assertThat(Refusals.of(() -> new Inbound(0))).containsExactly("/maxInFlight: 0 (expected: 1..1000000)");
        assertThat(Refusals.of(() -> new Inbound(1_000_001))).hasSize(1);
        assertThat(Refusals.of(() -> new Inbound(1))).isEmpty();
        assertThat(Refusals.of(() -> new Inbound(1_000_000))).isEmpty();
        assertThat(new Inbound(null).maxInFlight()).isNull();
    }
}
