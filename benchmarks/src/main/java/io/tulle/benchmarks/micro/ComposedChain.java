package io.tulle.benchmarks.micro;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;

/**
 * What a user composes today for the same purpose: a timer around a retry around a breaker around a bulkhead around a pick by Spring Cloud LoadBalancer
 * as shipped.
 */
final class ComposedChain {
    private static final int ENDPOINTS = 100;

    private ComposedChain() {}

    static Supplier<Task> tasks() {
        LoadBalancerClient balancer = SpringBalancer.client(Fixture.HOST, ENDPOINTS);
        Retry retry = Retry.of("chain", RetryConfig.custom().maxAttempts(3).build());
        CircuitBreaker breaker = CircuitBreaker.of(
                "chain", CircuitBreakerConfig.custom().slidingWindowSize(100).build());
        Bulkhead bulkhead = Bulkhead.of(
                "chain", BulkheadConfig.custom().maxConcurrentCalls(1000).build());
        Timer timer = Timer.builder("chain").tag("service", Fixture.HOST).register(new SimpleMeterRegistry());
        Supplier<Object> pick = () -> Objects.requireNonNull(balancer.choose(Fixture.HOST));
        Supplier<Object> decorated = Retry.decorateSupplier(
                retry, CircuitBreaker.decorateSupplier(breaker, Bulkhead.decorateSupplier(bulkhead, pick)));
        Task task = () -> {
            long start = System.nanoTime();
            try {
                return decorated.get();
            } finally {
                timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            }
        };
        return () -> task;
    }
}
