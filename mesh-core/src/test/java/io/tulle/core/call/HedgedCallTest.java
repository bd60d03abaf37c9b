package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.ScriptedCall;
import io.tulle.core.fixture.TestRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of the transition table that hedging has added: several attempts of one call are out together. */
class HedgedCallTest {
    private static final String ORIGINS = "io.tulle.core.fixture.TestClock#origins";
    private static final Duration DELAY = Duration.ofMillis(20);
    private static final Route.Retry PLAIN = Route.Retry.DEFAULT;

    private Rig rig = hedging(Long.MAX_VALUE - 30_000_000, PLAIN, 2);

    private Rig hedging(long origin, Route.Retry retry, int attempts) {
        rig = new Rig(origin)
                .instances("a", "b", "c")
                .rule(Route.Rule.builder()
                        .retry(retry)
                        .hedge(new Route.Hedge(DELAY, attempts))
                        .build())
                .apply();
        return rig;
    }

    /** Returns a call whose first two attempts are out. */
    private ScriptedCall twoOut() {
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.after(DELAY)).containsExactly("DISPATCH 2");
        assertThat(rig.inFlight()).isEqualTo(2);
        return call;
    }

    private static void lost(ScriptedCall call, int number) {
        assertThat(call.fail(number, TransportError.CANCELLED, Processed.MAYBE)).isEmpty();
    }

    @AfterEach
    void everythingIsPairedAndReleased() {
        rig.journal.assertPaired();
        assertThat(rig.inFlight()).isZero();
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void theSecondWinsAndTheFirstIsCancelledAfterTheCommit(long origin) {
        hedging(origin, PLAIN, 2);
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.machine.wakeAtNanos() - rig.clock.nanos()).isEqualTo(DELAY.toNanos());
        assertThat(call.wake()).containsExactly("DISPATCH 2");
        assertThat(call.attempt(2).endpoint()).isNotEqualTo(call.attempt(1).endpoint());
        assertThat(call.attempt(1).hedge()).isFalse();
        assertThat(call.attempt(2).hedge()).isTrue();
        assertThat(call.head(2, 200)).containsExactly("COMMIT 2", "CANCEL 1");
        lost(call, 1);
        assertThat(call.end(2)).containsExactly("COMPLETE SUCCESS");
        assertThat(call.machine.attempts()).isEqualTo(2);
        assertThat(call.machine.endpoint()).isEqualTo(call.attempt(2).endpoint());
        assertThat(rig.journal.lines())
                .containsSubsequence("ended 1 0 CANCELLED", "ended 2 200 null", "call ended SUCCESS 200 by null")
                .doesNotContain("retry", "denied");
    }

    @Test
    void theFirstWinsAndTheLoserEndsWhenTheCallIsOver() {
        ScriptedCall call = twoOut();
        assertThat(call.head(1, 200)).containsExactly("COMMIT 1", "CANCEL 2");
        assertThat(call.end(1)).containsExactly("COMPLETE SUCCESS");
        assertThat(call.machine.endpoint()).isEqualTo(call.attempt(1).endpoint());
        assertThat(call.machine.attempts()).isEqualTo(2);
        lost(call, 2);
    }

    @Test
    void ofTwoHeadsTheFirstHandledWins() {
        ScriptedCall call = twoOut();
        call.head(2, 200);
        assertThat(call.head(1, 200)).isEmpty();
        lost(call, 1);
        assertThat(call.machine.status()).isEqualTo(200);
        call.end(2);
    }

    @Test
    void noMoreThanTheRuleAllowsAreOut() {
        ScriptedCall call = twoOut();
        assertThat(call.after(Duration.ofSeconds(1))).isEmpty();
        assertThat(call.machine.wakeAtNanos() - rig.clock.nanos()).isGreaterThan(10_000_000_000L);
        call.cancel();
        lost(call, 1);
        lost(call, 2);
    }

    @Test
    void theAttemptsOfTheRetryPolicyBoundHedgesToo() {
        hedging(0, Route.Retry.builder().attempts(2).build(), 2);
        ScriptedCall call = twoOut();
        assertThat(call.fail(1, TransportError.RESET, Processed.MAYBE)).isEmpty();
        assertThat(call.after(Duration.ofSeconds(1))).isEmpty();
        assertThat(call.head(2, 503)).containsExactly("COMMIT 2"); // the last, whatever it brings
        assertThat(call.end(2)).containsExactly("COMPLETE FAILED_RESPONSE");
    }

    @Test
    void anAttemptThatFailsWhileAnotherIsOutIsFollowedAtOnce() {
        ScriptedCall call = twoOut();
        assertThat(call.fail(1, TransportError.RESET, Processed.MAYBE)).containsExactly("DISPATCH 3");
        assertThat(call.head(3, 200)).containsExactly("COMMIT 3", "CANCEL 2");
        lost(call, 2);
        call.end(3);
        assertThat(rig.journal.lines()).doesNotContain("retry");
    }

    @Test
    void aHeadToBeRetriedIsLeftWhileAnotherIsOut() {
        ScriptedCall call = twoOut();
        assertThat(call.head(2, 503)).containsExactly("CANCEL 2", "DISPATCH 3");
        lost(call, 2);
        assertThat(call.head(1, 200)).containsExactly("COMMIT 1", "CANCEL 3");
        lost(call, 3);
        call.end(1);
    }

    @Test
    void theLastThatIsOutIsRetriedAfterABackOff() {
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.fail(1, TransportError.RESET, Processed.MAYBE)).isEmpty();
        assertThat(call.wake()).containsExactly("DISPATCH 2");
        assertThat(call.attempt(2).hedge()).isFalse();
        assertThat(call.after(DELAY)).containsExactly("DISPATCH 3");
        call.head(3, 200);
        lost(call, 2);
        call.end(3);
    }

    @Test
    void thePauseThatAServerAsksForDelaysTheNextHedge() {
        ScriptedCall call = twoOut();
        assertThat(call.head(1, 503, 1_000_000_000L)).containsExactly("CANCEL 1");
        lost(call, 1);
        assertThat(call.after(Duration.ofMillis(999))).isEmpty();
        assertThat(call.after(Duration.ofMillis(1))).containsExactly("DISPATCH 3");
        call.head(3, 200);
        lost(call, 2);
        call.end(3);
    }

    @Test
    void thePauseHoldsForARetryToo() {
        ScriptedCall call = twoOut();
        call.head(1, 503, 1_000_000_000L);
        lost(call, 1);
        assertThat(call.fail(2, TransportError.RESET, Processed.MAYBE)).isEmpty();
        assertThat(call.machine.wakeAtNanos() - rig.clock.nanos()).isEqualTo(1_000_000_000L);
        call.cancel();
    }

    @Test
    void aServerThatAsksForNoMoreEndsHedgesAndRetries() {
        ScriptedCall call = twoOut();
        assertThat(call.head(1, 503, Long.MAX_VALUE)).containsExactly("CANCEL 1");
        lost(call, 1);
        assertThat(call.after(Duration.ofSeconds(1))).isEmpty();
        assertThat(call.head(2, 503)).containsExactly("COMMIT 2");
        call.end(2);
    }

    @Test
    void eachAttemptHasATimeoutOfItsOwn() {
        hedging(0, Route.Retry.builder().attemptTimeout(Duration.ofMillis(50)).build(), 2);
        ScriptedCall call = twoOut();
        assertThat(call.after(Duration.ofMillis(29))).isEmpty();
        assertThat(call.after(Duration.ofMillis(1))).containsExactly("CANCEL 1", "DISPATCH 3");
        lost(call, 1);
        assertThat(call.attempt(1).outcome().error()).isEqualTo(TransportError.TIMEOUT);
        assertThat(call.after(Duration.ofMillis(20))).containsExactly("CANCEL 2"); // no fourth
        lost(call, 2);
        assertThat(call.after(Duration.ofMillis(30))).containsExactly("CANCEL 3");
        assertThat(call.fail(3, TransportError.CANCELLED, Processed.MAYBE)).containsExactly("COMPLETE FAILED");
    }

    @Test
    void allThatTimeOutTogetherAreCancelledBeforeAnotherIsTried() {
        Route.Retry timed =
                Route.Retry.builder().attemptTimeout(Duration.ofMillis(50)).build();
        rig.rule(Route.Rule.builder()
                        .retry(timed)
                        .hedge(Route.Hedge.after(Duration.ZERO))
                        .build())
                .apply();
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.machine.wakeAtNanos()).isEqualTo(rig.clock.nanos());
        assertThat(call.timer()).containsExactly("DISPATCH 2");
        assertThat(call.after(Duration.ofMillis(50))).containsExactly("CANCEL 1", "CANCEL 2");
        assertThat(call.fail(2, TransportError.CANCELLED, Processed.MAYBE)).isEmpty();
        assertThat(call.fail(1, TransportError.CANCELLED, Processed.MAYBE)).isEmpty();
        assertThat(call.wake()).containsExactly("DISPATCH 3");
        call.head(3, 200);
        call.end(3);
    }

    @Test
    void theDeadlineCancelsAllThatAreOut() {
        ScriptedCall call = rig.call(TestRequest.get("/"), MeshCallOptions.DEFAULT.withDeadline(Duration.ofMillis(30)));
        call.start();
        call.after(DELAY);
        assertThat(call.after(Duration.ofMillis(10)))
                .containsExactly("CANCEL 1", "CANCEL 2", "COMPLETE DEADLINE_EXCEEDED");
        lost(call, 2);
        lost(call, 1);
    }

    @Test
    void theCallerCancelsAllThatAreOut() {
        ScriptedCall call = twoOut();
        assertThat(call.cancel()).containsExactly("CANCEL 1", "CANCEL 2", "COMPLETE CANCELLED");
        lost(call, 1);
        lost(call, 2);
    }

    @Test
    void afterTheCommitOnlyTheCommittedAttemptIsCancelled() {
        ScriptedCall call = twoOut();
        call.head(1, 200);
        assertThat(call.cancel()).containsExactly("CANCEL 1");
        assertThat(call.cancel()).isEmpty();
        assertThat(call.fail(1, TransportError.CANCELLED, Processed.YES)).containsExactly("COMPLETE CANCELLED");
        lost(call, 2);
    }

    @Test
    void whatMayNotBeRepeatedIsNotHedged() {
        for (TestRequest request :
                new TestRequest[] {TestRequest.post("/"), TestRequest.get("/").repeatable(true, false)}) {
            ScriptedCall call = rig.call(request);
            call.start();
            assertThat(call.after(Duration.ofSeconds(1))).isEmpty();
            call.head(1, 200);
            call.end(1);
        }
    }

    @Test
    void aSpentBudgetStopsHedgingAndSaysSoOnce() {
        rig.budget(0, 0).apply();
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.after(DELAY)).isEmpty();
        assertThat(call.after(DELAY)).isEmpty();
        assertThat(call.head(1, 503)).containsExactly("COMMIT 1"); // nor is there a retry
        call.end(1);
        assertThat(rig.journal.lines()).containsOnlyOnce("denied");
    }

    @Test
    void everyHedgeIsPaidFor() {
        rig.budget(0, 0.1).apply(); // one in ten seconds
        ScriptedCall call = twoOut();
        call.head(2, 200);
        lost(call, 1);
        call.end(2);
        ScriptedCall next = rig.get();
        next.start();
        assertThat(next.after(DELAY)).isEmpty();
        next.head(1, 200);
        next.end(1);
    }

    @Test
    void anAttemptThatStillWaitsForAnEndpointIsNotHedged() {
        ScriptedCall call = rig.get().reachable(endpoint -> false);
        call.start();
        assertThat(call.after(DELAY)).isEmpty();
        assertThat(call.machine.wakeAtNanos() - rig.clock.nanos()).isEqualTo(DELAY.toNanos());
        call.cancel();
        call.end(1, Outcome.NOT_SENT);
    }

    @Test
    void aHedgeThatFindsNoEndpointStopsHedgingAndNotTheCall() {
        rig.instances("a")
                .policy(spec -> spec.withConcurrencyLimit(new TrafficPolicy.ConcurrencyLimit(1)))
                .apply();
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.after(DELAY)).containsExactly("DISPATCH 2");
        assertThat(call.attempt(2).ended()).isTrue();
        assertThat(call.after(Duration.ofSeconds(1))).isEmpty();
        assertThat(call.head(1, 200)).containsExactly("COMMIT 1");
        assertThat(call.end(1)).containsExactly("COMPLETE SUCCESS");
    }

    @Test
    void theLoserIsNotBlamedAndTeachesALowerBound() {
        rig.policy(spec -> spec.withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                        .consecutiveFailures(1)
                        .build()))
                .apply();
        rig.instances("a", "b").apply();
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.after(Duration.ofSeconds(5))).containsExactly("DISPATCH 2");
        String winner = call.at();
        rig.clock.advance(Duration.ofMillis(1));
        call.head(2, 200);
        lost(call, 1);
        call.end(2);
        assertThat(rig.journal.lines()).noneMatch(line -> line.startsWith("ejected"));
        for (int i = 0; i < 10; i++) { // five seconds are known to be slower than one millisecond
            ScriptedCall next = rig.get();
            next.start();
            assertThat(next.at()).isEqualTo(winner);
            rig.clock.advance(Duration.ofMillis(1));
            next.head(1, 200);
            next.end(1);
        }
    }

    @Test
    void anAttemptThatFailedByItsHeadBeforeItLostIsAFailure() {
        rig.policy(spec -> spec.withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                        .consecutiveFailures(1)
                        .build()))
                .apply();
        ScriptedCall call = twoOut();
        rig.journal.lines();
        call.head(1, 503);
        call.head(2, 200);
        lost(call, 1);
        lost(call, 3);
        call.end(2);
        assertThat(rig.journal.lines())
                .containsOnlyOnce("ejected " + call.attempt(1).endpoint().host() + " CONSECUTIVE_FAILURES");
    }

    @Test
    void aFailedCallNamesTheAttemptThatWasTheLastToFail() {
        hedging(0, Route.Retry.builder().attempts(2).build(), 2);
        ScriptedCall call = twoOut();
        call.fail(2, TransportError.CONNECT, Processed.NO);
        assertThat(call.fail(1, TransportError.RESET, Processed.MAYBE)).containsExactly("COMPLETE FAILED");
        assertThat(call.machine.message())
                .contains("2 attempts, number 1 at " + call.attempt(1).endpoint())
                .contains("RESET");
        assertThat(call.machine.endpoint()).isEqualTo(call.attempt(1).endpoint());
    }
}
