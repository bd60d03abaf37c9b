package io.tulle.benchmarks.micro;

import io.tulle.api.resource.TrafficPolicy.ServiceBreaker;
import io.tulle.core.breaker.CircuitBreaker;
import java.util.function.Supplier;

/** A successful call through our service breaker. */
final class BreakerTasks {
    private static final long STEP_NANOS = 1000;

    private BreakerTasks() {}

    static Supplier<Task> given() {
        CircuitBreaker breaker = breaker();
        return () -> new Given(breaker);
    }

    static Supplier<Task> clocked() {
        CircuitBreaker breaker = breaker();
        return () -> new Clocked(breaker);
    }

    private static CircuitBreaker breaker() {
        return new CircuitBreaker(ServiceBreaker.DEFAULT, (from, to) -> {}, System.nanoTime());
    }

    private static final class Given implements Task {
        private final CircuitBreaker breaker;
        private long now = System.nanoTime();
        private long ticket;

        Given(CircuitBreaker breaker) {
            this.breaker = breaker;
        }

        @Override
        public Object run() {
            now += STEP_NANOS;
            ticket = breaker.tryAdmit(now);
            breaker.complete(ticket, true, now);
            return this;
        }
    }

    private static final class Clocked implements Task {
        private final CircuitBreaker breaker;
        private long ticket;

        Clocked(CircuitBreaker breaker) {
            this.breaker = breaker;
        }

        @Override
        public Object run() {
            ticket = breaker.tryAdmit(System.nanoTime());
            breaker.complete(ticket, true, System.nanoTime());
            return this;
        }
    }
}
