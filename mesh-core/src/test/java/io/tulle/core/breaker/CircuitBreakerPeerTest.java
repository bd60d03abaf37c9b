package io.tulle.core.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.tulle.api.listener.BreakerState;
import io.tulle.api.resource.TrafficPolicy.ServiceBreaker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plays the same random scripts to this breaker and to resilience4j's, and demands the same admissions and states after each step. Scripts keep to what
 * both define alike: all calls of a closed phase lie inside the window; the call that fills the minimum fails, because the peer opens on a success too;
 * trials agree, because the peer waits for all of them; and no call outlives the state that admitted it.
 */
class CircuitBreakerPeerTest {
    private static final int MINIMUM = 6;
    private static final Duration OPEN = Duration.ofSeconds(5);

    /** The peer asks a wall clock how long it has been open. */
    private static final class ManualClock extends Clock {
        private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(0, nanos.get());
        }
    }

    private final ManualClock clock = new ManualClock();
    private final SplittableRandom random = new SplittableRandom(20261121);

    private io.github.resilience4j.circuitbreaker.CircuitBreaker peer(int trials) {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindow(
                        600,
                        MINIMUM,
                        SlidingWindowType.TIME_BASED,
                        CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.LOCK_FREE)
                .failureRateThreshold(50)
                .waitDurationInOpenState(OPEN)
                .permittedNumberOfCallsInHalfOpenState(trials)
                .clock(clock)
                .currentTimestampFunction(any -> clock.nanos.get(), TimeUnit.NANOSECONDS)
                .build();
        return io.github.resilience4j.circuitbreaker.CircuitBreaker.of("peer", config);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void admitsAndMovesLikeResilience4j(int trials) {
        for (int script = 0; script < 200; script++) {
            var peer = peer(trials);
            var settings = new ServiceBreaker(50, MINIMUM, Duration.ofMinutes(10), OPEN, trials);
            CircuitBreaker ours = new CircuitBreaker(settings, (from, to) -> {}, clock.nanos.get());
            playTo(ours, peer, trials, script);
        }
    }

    private void playTo(
            CircuitBreaker ours, io.github.resilience4j.circuitbreaker.CircuitBreaker peer, int trials, int script) {
        int calls = 0;
        for (int step = 0; step < 60; step++) {
            String at = "script " + script + " step " + step;
            clock.nanos.addAndGet(Duration.ofMillis(random.nextInt(100)).toNanos());
            if (random.nextInt(6) == 0) {
                clock.nanos.addAndGet(OPEN.toNanos());
            }
            long now = clock.nanos.get();
            // What was admitted together is completed together: in half-open as many as there are trials.
            Deque<Long> tickets = new ArrayDeque<>();
            int wanted = ours.state() == BreakerState.CLOSED ? 1 : trials + 1;
            for (int i = 0; i < wanted; i++) {
                long ticket = ours.tryAdmit(now);
                assertThat(peer.tryAcquirePermission()).as("%s admits", at).isEqualTo(ticket >= 0);
                if (ticket >= 0) {
                    tickets.add(ticket);
                }
            }
            boolean closed = ours.state() == BreakerState.CLOSED;
            calls = closed ? calls + 1 : 0;
            boolean success = (closed ? random.nextInt(3) == 0 : random.nextBoolean()) && calls != MINIMUM;
            while (!tickets.isEmpty()) {
                ours.complete(tickets.remove(), success, now);
                if (success) {
                    peer.onSuccess(1, TimeUnit.MILLISECONDS);
                } else {
                    peer.onError(1, TimeUnit.MILLISECONDS, new IllegalStateException("planned"));
                }
            }
            assertThat(ours.state().name()).as(at).isEqualTo(peer.getState().name());
        }
    }
}
