package io.tulle.core.breaker;

import static io.tulle.api.listener.BreakerState.CLOSED;
import static io.tulle.api.listener.BreakerState.HALF_OPEN;
import static io.tulle.api.listener.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.TrafficPolicy.ServiceBreaker;
import io.tulle.core.fixture.TestClock;
import io.tulle.core.fixture.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CircuitBreakerTest {
    private static final String ORIGINS = "io.tulle.core.fixture.TestClock#origins";
    private static final long OPEN_NANOS = Duration.ofSeconds(5).toNanos();

    private final List<String> changes = Collections.synchronizedList(new ArrayList<>());

    private CircuitBreaker breaker(double rate, int minimum, int trials, long now) {
        ServiceBreaker settings =
                new ServiceBreaker(rate, minimum, Duration.ofSeconds(10), Duration.ofSeconds(5), trials);
        return new CircuitBreaker(settings, (from, to) -> changes.add(from + ">" + to), now);
    }

    private static void run(CircuitBreaker breaker, boolean success, int calls, long now) {
        for (int i = 0; i < calls; i++) {
            breaker.complete(breaker.tryAdmit(now), success, now);
        }
    }

    private CircuitBreaker open(int trials, long now) {
        CircuitBreaker breaker = breaker(50, 4, trials, now);
        run(breaker, false, 4, now);
        assertThat(breaker.state()).isEqualTo(OPEN);
        changes.clear();
        return breaker;
    }

    @Test
    void startsClosed() {
        CircuitBreaker breaker = breaker(50, 4, 1, 0);
        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(breaker.tryAdmit(0)).isZero();
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void opensAtTheMinimumOfCallsWhenTheRateIsReached(long now) {
        CircuitBreaker breaker = breaker(50, 4, 1, now);
        run(breaker, true, 2, now);
        run(breaker, false, 1, now);
        assertThat(breaker.state()).isEqualTo(CLOSED);
        run(breaker, false, 1, now);
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(changes).containsExactly("CLOSED>OPEN");
    }

    @Test
    void staysClosedBelowTheMinimum() {
        CircuitBreaker breaker = breaker(50, 4, 1, 0);
        run(breaker, false, 3, 0);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @ParameterizedTest
    @CsvSource({"50, 100, 50", "7, 100, 7", "28, 25, 7", "29, 100, 29", "57, 100, 57", "100, 20, 20", "0.5, 200, 1"})
    void opensExactlyAtTheRate(double rate, int calls, int failures) {
        CircuitBreaker breaker = breaker(rate, calls, 1, 0);
        run(breaker, true, calls - failures, 0);
        run(breaker, false, failures - 1, 0);
        assertThat(breaker.state()).isEqualTo(CLOSED);
        run(breaker, false, 1, 0);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void staysClosedJustBelowTheRate() {
        CircuitBreaker breaker = breaker(50, 4, 1, 0);
        run(breaker, true, 51, 0);
        run(breaker, false, 50, 0);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void aSuccessNeverOpens() {
        CircuitBreaker breaker = breaker(50, 4, 1, 0);
        run(breaker, false, 3, 0);
        run(breaker, true, 1, 0);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void failuresLeaveTheWindow(long now) {
        CircuitBreaker breaker = breaker(50, 4, 1, now);
        run(breaker, false, 3, now);
        run(breaker, false, 1, now + Duration.ofSeconds(13).toNanos());
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void refusesWhileOpenAndTriesAfterwards(long now) {
        CircuitBreaker breaker = open(2, now);
        assertThat(breaker.tryAdmit(now)).isEqualTo(CircuitBreaker.REJECTED);
        assertThat(breaker.tryAdmit(now + OPEN_NANOS - 1)).isEqualTo(CircuitBreaker.REJECTED);
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.tryAdmit(now + OPEN_NANOS)).isNotNegative();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(changes).containsExactly("OPEN>HALF_OPEN");
    }

    @Test
    void admitsNoMoreTrialsThanAskedFor() {
        CircuitBreaker breaker = open(3, 0);
        long first = breaker.tryAdmit(OPEN_NANOS);
        assertThat(breaker.tryAdmit(OPEN_NANOS)).isEqualTo(first);
        assertThat(breaker.tryAdmit(OPEN_NANOS)).isEqualTo(first);
        assertThat(breaker.tryAdmit(OPEN_NANOS)).isEqualTo(CircuitBreaker.REJECTED);
    }

    @Test
    void closesWhenAllTrialsHaveSucceededAndStartsAfresh() {
        CircuitBreaker breaker = open(3, 0);
        long ticket = breaker.tryAdmit(OPEN_NANOS);
        breaker.complete(ticket, true, OPEN_NANOS);
        breaker.complete(breaker.tryAdmit(OPEN_NANOS), true, OPEN_NANOS);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        breaker.complete(breaker.tryAdmit(OPEN_NANOS), true, OPEN_NANOS);
        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(changes).containsExactly("OPEN>HALF_OPEN", "HALF_OPEN>CLOSED");
        run(breaker, false, 3, OPEN_NANOS); // the failures before it opened are forgotten
        assertThat(breaker.state()).isEqualTo(CLOSED);
        run(breaker, false, 1, OPEN_NANOS);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void aFailedTrialOpensForAnotherFullDuration(long now) {
        CircuitBreaker breaker = open(3, now);
        long at = now + OPEN_NANOS + 17;
        breaker.complete(breaker.tryAdmit(at), true, at);
        breaker.complete(breaker.tryAdmit(at), false, at);
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.tryAdmit(at + OPEN_NANOS - 1)).isEqualTo(CircuitBreaker.REJECTED);
        assertThat(breaker.tryAdmit(at + OPEN_NANOS)).isNotNegative();
        assertThat(changes).containsExactly("OPEN>HALF_OPEN", "HALF_OPEN>OPEN", "OPEN>HALF_OPEN");
    }

    @Test
    void whatWasAdmittedWhileClosedNeverDecidesOverHalfOpen() {
        CircuitBreaker breaker = breaker(50, 4, 1, 0);
        long old = breaker.tryAdmit(0);
        run(breaker, false, 4, 0);
        breaker.complete(old, false, 1);
        assertThat(breaker.state()).isEqualTo(OPEN);
        long trial = breaker.tryAdmit(OPEN_NANOS);
        assertThat(trial).isNotEqualTo(old);
        breaker.complete(old, true, OPEN_NANOS);
        breaker.complete(old, false, OPEN_NANOS);
        breaker.release(old);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(breaker.tryAdmit(OPEN_NANOS)).isEqualTo(CircuitBreaker.REJECTED);
        breaker.complete(trial, true, OPEN_NANOS);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void aTrialOfAnEarlierHalfOpenDecidesNothingLater() {
        CircuitBreaker breaker = open(2, 0);
        long early = breaker.tryAdmit(OPEN_NANOS);
        breaker.complete(breaker.tryAdmit(OPEN_NANOS), false, OPEN_NANOS);
        long later = breaker.tryAdmit(2 * OPEN_NANOS);
        breaker.complete(early, false, 2 * OPEN_NANOS);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        breaker.complete(later, true, 2 * OPEN_NANOS);
        breaker.complete(early, true, 2 * OPEN_NANOS);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
    }

    @Test
    void releaseGivesATrialBack() {
        CircuitBreaker breaker = open(1, 0);
        long first = breaker.tryAdmit(OPEN_NANOS);
        assertThat(breaker.tryAdmit(OPEN_NANOS)).isEqualTo(CircuitBreaker.REJECTED);
        breaker.release(first);
        long second = breaker.tryAdmit(OPEN_NANOS);
        assertThat(second).isNotNegative();
        assertThat(breaker.tryAdmit(OPEN_NANOS)).isEqualTo(CircuitBreaker.REJECTED);
        breaker.complete(second, true, OPEN_NANOS);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void releaseOfACallAdmittedWhileClosedCountsNothing() {
        CircuitBreaker breaker = breaker(50, 4, 1, 0);
        breaker.release(breaker.tryAdmit(0));
        run(breaker, false, 3, 0);
        assertThat(breaker.state()).isEqualTo(CLOSED);
        run(breaker, false, 1, 0);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void threadsTogetherStartNoMoreTrialsThanAskedFor() throws Exception {
        for (int round = 0; round < 50; round++) {
            CircuitBreaker breaker = open(3, 0);
            AtomicInteger admitted = new AtomicInteger();
            Threads.together(8, index -> {
                if (breaker.tryAdmit(OPEN_NANOS) >= 0) {
                    admitted.incrementAndGet();
                }
            });
            assertThat(admitted).hasValue(3);
            assertThat(changes).containsExactly("OPEN>HALF_OPEN");
        }
    }

    @Test
    void threadsTogetherCloseItOnce() throws Exception {
        for (int round = 0; round < 50; round++) {
            CircuitBreaker breaker = open(4, 0);
            long[] tickets = IntStream.range(0, 4)
                    .mapToLong(i -> breaker.tryAdmit(OPEN_NANOS))
                    .toArray();
            changes.clear();
            Threads.together(4, index -> breaker.complete(tickets[index], true, OPEN_NANOS));
            assertThat(changes).containsExactly("HALF_OPEN>CLOSED");
        }
    }

    @Test
    void threadsTogetherOpenItOnce() throws Exception {
        for (int round = 0; round < 50; round++) {
            changes.clear();
            CircuitBreaker breaker = breaker(50, 8, 1, 0);
            Threads.together(8, index -> breaker.complete(0, false, 0));
            assertThat(changes).containsExactly("CLOSED>OPEN");
        }
    }

    @Test
    void underStressEveryTransitionFollowsFromTheOneBefore() throws Exception {
        TestClock clock = new TestClock(Long.MAX_VALUE - OPEN_NANOS);
        CircuitBreaker breaker = breaker(50, 4, 2, clock.nanos());
        Threads.together(4, index -> {
            for (int i = 0; i < 5_000; i++) {
                long now = clock.advanceNanos(OPEN_NANOS / 64);
                long ticket = breaker.tryAdmit(now);
                if (ticket < 0) {
                    continue;
                }
                if (i % 5 == index) {
                    breaker.release(ticket);
                } else {
                    breaker.complete(ticket, (i / 7 + index) % 3 == 0, now);
                }
            }
        });
        // Each thread reports its own transition after having made it, so reports may overtake each other; their
        // numbers tell.
        int opened = Collections.frequency(changes, "CLOSED>OPEN") + Collections.frequency(changes, "HALF_OPEN>OPEN");
        int tried = Collections.frequency(changes, "OPEN>HALF_OPEN");
        int left =
                Collections.frequency(changes, "HALF_OPEN>OPEN") + Collections.frequency(changes, "HALF_OPEN>CLOSED");
        assertThat(opened - tried).isEqualTo(breaker.state() == OPEN ? 1 : 0);
        assertThat(tried - left).isEqualTo(breaker.state() == HALF_OPEN ? 1 : 0);
        assertThat(tried).isGreaterThan(10);
    }
}
