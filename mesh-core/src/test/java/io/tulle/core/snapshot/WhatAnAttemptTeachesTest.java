package io.tulle.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy.OutlierDetection;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.ScriptedCall;
import io.tulle.core.fixture.TestRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an endpoint's latency and health learn from an attempt that was played on the machine. */
class WhatAnAttemptTeachesTest {
    private static final long MILLI = 1_000_000L;
    private static final OutlierDetection EAGER = OutlierDetection.builder()
            .consecutiveFailures(1)
            .ejectionTime(Duration.ofSeconds(10), Duration.ofMinutes(5))
            .maxEjectionPercent(100)
            .panicThresholdPercent(0)
            .build();

    private final Rig rig = new Rig(Long.MAX_VALUE - 3)
            .instances("a")
            .retry(Route.Retry.NEVER)
            .policy(spec -> spec.withOutlierDetection(EAGER))
            .apply();

    private ScriptedCall started() {
        ScriptedCall call = rig.call(TestRequest.post("/"));
        assertThat(call.start()).containsExactly("DISPATCH 1");
        rig.clock.advanceNanos(40 * MILLI);
        return call;
    }

    private double cost() {
        return rig.endpoint("a")
                .state()
                .load()
                .cost(rig.clock.nanos(), rig.shop().decay());
    }

    private boolean healthy() {
        return rig.endpoint("a").healthy();
    }

    /** Ejects the endpoint and lets the time pass until its trial is due. */
    private void ejectUntilDue() {
        started().fail(1, TransportError.RESET, Processed.MAYBE);
        assertThat(healthy()).isFalse();
        rig.clock.advance(Duration.ofSeconds(10));
    }

    @Test
    void aGoodHeadTeachesItsLatency() {
        ScriptedCall call = started();
        call.head(1, 200);
        assertThat(cost()).isEqualTo(40 * MILLI);
        assertThat(healthy()).isTrue();
        rig.clock.advanceNanos(MILLI);
        call.end(1);
        assertThat(cost()).as("the body teaches nothing").isEqualTo(40 * MILLI);
        assertThat(healthy()).isTrue();
    }

    @Test
    void connectingTeachesNothing() {
        ScriptedCall call = started();
        call.headOnNewConnection(1, 200, 35 * MILLI);
        assertThat(cost()).isEqualTo(5 * MILLI);
        call.end(1);
    }

    @Test
    void whatWasWaitedForAnEndpointTeachesNothing() {
        ScriptedCall call = rig.call(TestRequest.post("/")).reachable(endpoint -> false);
        assertThat(call.start()).containsExactly("DISPATCH 1");
        rig.clock.advance(Duration.ofSeconds(3));
        call.attempt(1).pick(Reachable.ALL, rig.clock.nanos());
        rig.clock.advanceNanos(5 * MILLI);
        call.head(1, 200);
        assertThat(cost()).isEqualTo(5 * MILLI);
        call.end(1);
    }

    @Test
    void aFailedHeadEjectsAndCostsThePenalty() {
        ScriptedCall call = started();
        call.head(1, 500);
        assertThat(healthy()).isFalse();
        assertThat(cost()).isEqualTo(1000 * MILLI);
        call.end(1);
    }

    @Test
    void aSlowFailedHeadCostsWhatItTook() {
        ScriptedCall call = started();
        rig.clock.advanceNanos(2000 * MILLI);
        call.head(1, 500);
        assertThat(cost()).isEqualTo(2040 * MILLI);
        call.end(1);
    }

    @Test
    void aHeadThatSaysNothingStillTookThatLong() {
        ScriptedCall call = started();
        call.head(1, 429);
        assertThat(healthy()).isTrue();
        assertThat(cost()).isEqualTo(40 * MILLI);
        call.end(1);
    }

    @Test
    void anAttemptGivenUpBeforeItsHeadWasAtLeastThatSlow() {
        ScriptedCall call = started();
        call.cancel();
        call.end(1);
        assertThat(healthy()).isTrue();
        assertThat(cost()).isEqualTo(40 * MILLI);
    }

    @Test
    void anExcusedFailureWasAtLeastThatSlow() {
        ScriptedCall call = started();
        call.attempt(1).excuse();
        assertThat(call.fail(1, TransportError.CONNECT, Processed.NO)).containsExactly("COMPLETE FAILED");
        assertThat(call.attempt(1).outcome()).isEqualTo(Outcome.failed(TransportError.CONNECT, Processed.NO));
        assertThat(healthy()).isTrue();
        assertThat(cost()).isEqualTo(40 * MILLI);
    }

    @Test
    void aTrialThatIsExcusedIsDueAgain() {
        ejectUntilDue();
        ScriptedCall trial = started();
        assertThat(trial.attempt(1).trial()).isTrue();
        trial.attempt(1).excuse();
        trial.fail(1, TransportError.CONNECT, Processed.NO);
        assertThat(healthy()).isFalse();
        ScriptedCall next = started();
        next.head(1, 200);
        assertThat(healthy()).isTrue();
        next.end(1);
        assertThat(started().attempt(1).trial()).isFalse();
    }

    @Test
    void aCancelledBodyTeachesNothing() {
        ScriptedCall call = started();
        call.head(1, 200);
        call.cancel();
        call.fail(1, TransportError.CANCELLED, Processed.YES);
        assertThat(healthy()).isTrue();
        assertThat(cost()).isEqualTo(40 * MILLI);
    }

    @Test
    void aBrokenBodyEjects() {
        ScriptedCall call = started();
        call.head(1, 200);
        call.fail(1, TransportError.EOF, Processed.YES);
        assertThat(healthy()).isFalse();
    }

    @Test
    void aGoodTrialBringsTheEndpointBackAndForgetsThePenalty() {
        ejectUntilDue();
        ScriptedCall trial = started();
        trial.head(1, 200);
        assertThat(healthy()).isTrue();
        assertThat(cost()).isEqualTo(40 * MILLI);
        trial.end(1);
    }

    @Test
    void aTrialThatIsCancelledIsGivenBack() {
        ejectUntilDue();
        ScriptedCall trial = started();
        assertThat(rig.get().start()).containsExactly("DISPATCH 1", "COMPLETE NO_HEALTHY_ENDPOINT");
        trial.cancel();
        trial.end(1);
        assertThat(started().at()).isEqualTo("a");
    }

    @Test
    void aTrialWhoseHeadSaysNothingIsGivenBack() {
        ejectUntilDue();
        ScriptedCall trial = started();
        trial.head(1, 429);
        assertThat(healthy()).isFalse();
        ScriptedCall next = started();
        assertThat(next.at()).isEqualTo("a");
        next.head(1, 200);
        assertThat(healthy()).isTrue();
    }

    @Test
    void aTrialThatIsPickedAgainKeepsItsTrial() {
        ejectUntilDue();
        ScriptedCall trial = started();
        Endpoint again = trial.attempt(1).pick(Reachable.ALL, rig.clock.nanos());
        assertThat(again).isEqualTo(rig.endpoint("a"));
        assertThat(rig.inFlight()).isEqualTo(1);
        trial.head(1, 200);
        assertThat(healthy()).isTrue();
        trial.end(1);
    }

    @Test
    void aRetryGoesToAnotherEndpointWhateverItCosts() {
        rig.instances("a", "b").retry(Route.Retry.builder().attempts(3).build()).apply();
        OutlierDetection off = OutlierDetection.builder()
                .consecutiveFailures(0)
                .failureRate(0, 1)
                .build();
        rig.budget(100, 10).policy(spec -> spec.withOutlierDetection(off)).apply();
        for (int i = 0; i < 20; i++) {
            String better = i % 2 == 0 ? "a" : "b";
            rig.endpoint(better).state().load().restart(MILLI, rig.clock.nanos());
            rig.endpoint(better.equals("a") ? "b" : "a").state().load().restart(500 * MILLI, rig.clock.nanos());
            ScriptedCall call = rig.get();
            call.start();
            assertThat(call.at()).isEqualTo(better);
            call.fail(1, TransportError.CANCELLED, Processed.NO);
            ScriptedCall retried = rig.get();
            retried.start();
            retried.head(1, 503);
            retried.end(1);
            retried.wake();
            assertThat(retried.attempt(2).endpoint())
                    .isNotEqualTo(retried.attempt(1).endpoint());
            retried.cancel();
            retried.end(2);
        }
    }
}
