package io.tulle.benchmarks.micro;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;

/**
 * What a user composes today for the same purpose: a timer around a retry around a breaker around a bulkhead around a pick by Spring Cloud LoadBalancer
 * as shipped.
 */
public final class ComposedChain {
    private static final int ENDPOINTS = 100;
    private static final int FIRST_PORT = 10_000;

    private ComposedChain() {}

    static Supplier<Task> tasks() {
        List<Integer> ports =
                IntStream.range(0, ENDPOINTS).mapToObj(i -> FIRST_PORT + i).toList();
        LoadBalancerClient balancer = SpringBalancer.client(Fixture.HOST, ports);
        Supplier<Object> chain = around(Fixture.HOST, () -> Objects.requireNonNull(balancer.choose(Fixture.HOST)));
        return () -> chain::get;
    }

    /** Returns {@code inner} under timer, retry, breaker and bulkhead. */
    public static <T> Supplier<T> around(String service, Supplier<T> inner) {
        Retry retry = Retry.of("chain", RetryConfig.custom().maxAttempts(3).build());
        CircuitBreaker breaker = CircuitBreaker.of(
                "chain", CircuitBreakerConfig.custom().slidingWindowSize(100).build());
        Bulkhead bulkhead = Bulkhead.of(
                "chain", BulkheadConfig.custom().maxConcurrentCalls(1000).build());
        Timer timer = Timer.builder("chain").tag("service", service).register(new SimpleMeterRegistry());
        Supplier<T> decorated = Retry.decorateSupplier(
                retry, CircuitBreaker.decorateSupplier(breaker, Bulkhead.decorateSupplier(bulkhead, inner)));
        return () -> {
            long start = System.nanoTime();
            try {
                return decorated.get();
            } finally {
                timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            }
        };
    }
}
