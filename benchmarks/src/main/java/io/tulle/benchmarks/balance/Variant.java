package io.tulle.benchmarks.balance;

import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import java.time.Duration;

/** Which client is simulated. All of them are our engine, under different policies. */
public enum Variant {
    /** Our defaults, without retries: what the balancer does by itself. */
    OURS("ours", TrafficPolicy.LoadBalancer.DEFAULT, TrafficPolicy.OutlierDetection.DEFAULT, Route.Retry.NEVER),
    /** Our defaults with retries, each attempt bounded by 300 ms. */
    OURS_WITH_RETRIES(
            "ours+retries",
            TrafficPolicy.LoadBalancer.DEFAULT,
            TrafficPolicy.OutlierDetection.DEFAULT,
            Route.Retry.builder().attemptTimeout(Duration.ofMillis(300)).build()),
    /** What most clients do today: each server in turn, none is taken out. It also shows that the simulator is the one that peers were measured with. */
    ROUND_ROBIN(
            "round-robin",
            TrafficPolicy.LoadBalancer.of(TrafficPolicy.Algorithm.ROUND_ROBIN),
            TrafficPolicy.OutlierDetection.builder()
                    .consecutiveFailures(0)
                    .failureRate(0, 1)
                    .build(),
            Route.Retry.NEVER);

    private final String title;
    private final TrafficPolicy.LoadBalancer balancer;
    private final TrafficPolicy.OutlierDetection outliers;
    private final Route.Retry retry;

    Variant(
            String title,
            TrafficPolicy.LoadBalancer balancer,
            TrafficPolicy.OutlierDetection outliers,
            Route.Retry retry) {
        this.title = title;
        this.balancer = balancer;
        this.outliers = outliers;
        this.retry = retry;
    }

    String title() {
        return title;
    }

    TrafficPolicy.Spec policy(String service) {
        return TrafficPolicy.Spec.defaults(service).withLoadBalancer(balancer).withOutlierDetection(outliers);
    }

    Route.Retry retry() {
        return retry;
    }
}
