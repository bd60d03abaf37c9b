package io.tulle.benchmarks.micro;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.function.Supplier;

/** A successful call through the breakers that are used today, each with a window of ten seconds like ours; they read the clock themselves. */
final class PeerBreakerTasks {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int PERCENT = 50;
    private static final int MINIMUM_CALLS = 20;

    private PeerBreakerTasks() {}

    static Supplier<Task> resilience4j() {
        CircuitBreaker breaker = CircuitBreaker.of(
                "peer",
                CircuitBreakerConfig.custom()
                        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
                        .slidingWindowSize((int) WINDOW.toSeconds())
                        .failureRateThreshold(PERCENT)
                        .minimumNumberOfCalls(MINIMUM_CALLS)
                        .build());
        Task task = () -> {
            breaker.acquirePermission();
            long start = breaker.getCurrentTimestamp();
            breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
            return breaker;
        };
        return () -> task;
    }

    static Supplier<Task> failsafe() {
        dev.failsafe.CircuitBreaker<Object> breaker = dev.failsafe.CircuitBreaker.builder()
                .withFailureRateThreshold(PERCENT, MINIMUM_CALLS, WINDOW)
                .build();
        Task task = () -> {
            if (!breaker.tryAcquirePermit()) {
                throw new IllegalStateException("the breaker refused a call though none has failed");
            }
            breaker.recordSuccess();
            return breaker;
        };
        return () -> task;
    }
}
