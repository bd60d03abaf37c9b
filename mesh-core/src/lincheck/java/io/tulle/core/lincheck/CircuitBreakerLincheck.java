package io.tulle.core.lincheck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.listener.BreakerState;
import io.tulle.api.resource.TrafficPolicy.ServiceBreaker;
import io.tulle.core.breaker.CircuitBreaker;
import java.time.Duration;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/** Opens at two failures of two; one trial; each thread has one call. It may be tried again whenever somebody asks. */
public class CircuitBreakerLincheck {
    static final int THREADS = 5;
    static final long LATER = Duration.ofHours(1).toNanos();
    static final ServiceBreaker SETTINGS = new ServiceBreaker(100, 2, Duration.ofSeconds(10), Duration.ofSeconds(1), 1);

    private final CircuitBreaker breaker = new CircuitBreaker(SETTINGS, (from, to) -> {}, 0);
    private final long[] tickets = new long[THREADS];

    /** A call asks. */
    @Operation
    public long admit(@Param(gen = ThreadIdGen.class) int thread) {
        tickets[thread] = breaker.tryAdmit(LATER);
        return tickets[thread];
    }

    /** Its verdict. */
    @Operation
    public void complete(@Param(gen = ThreadIdGen.class) int thread, boolean success) {
        breaker.complete(tickets[thread], success, 0);
    }

    /** It says nothing. */
    @Operation
    public void release(@Param(gen = ThreadIdGen.class) int thread) {
        breaker.release(tickets[thread]);
    }

    /** Returns the state. */
    @Operation
    public BreakerState state() {
        return breaker.state();
    }

    @Test
    void isLinearizable() {
        Checks.model().check(getClass());
    }

    @Test
    void isLinearizableUnderStress() {
        Checks.stress().check(getClass());
    }

    @Test
    void anOutcomeThatComesTooLateIsNotCountedInTheNextClosedPhase() {
        Checks.model()
                .iterations(0)
                .invocationsPerIteration(50_000)
                .addCustomScenario(LateOutcome.scenario(getClass()))
                .check(getClass());
    }

    /** The check can fail: it finds the race that this breaker once had. */
    @Test
    void findsItWhereAllClosedPhasesShareAWindow() {
        assertThatThrownBy(() -> Checks.model()
                        .iterations(0)
                        .invocationsPerIteration(50_000)
                        .addCustomScenario(LateOutcome.scenario(SharedWindowLincheck.class))
                        .check(SharedWindowLincheck.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }
}
