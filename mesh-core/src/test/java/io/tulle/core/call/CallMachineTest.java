package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.Stage;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.api.time.Instants;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.ScriptedCall;
import io.tulle.core.fixture.TestRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the machine's transition table, and what the listener sees of them. */
class CallMachineTest {
    private static final String ORIGINS = "io.tulle.core.fixture.TestClock#origins";
    private static final Route.Retry PLAIN = Route.Retry.builder().build();
    private static final Route.Retry TIMED =
            Route.Retry.builder().attemptTimeout(Duration.ofMillis(100)).build();

    private Rig rig = new Rig(Long.MAX_VALUE - 50_000_000)
            .instances("a", "b", "c")
            .retry(PLAIN)
            .apply();

    private Rig rig(long origin, Route.Retry retry) {
        rig = new Rig(origin).instances("a", "b", "c").retry(retry).apply();
        return rig;
    }

    @AfterEach
    void everythingIsPairedAndReleased() {
        rig.journal.assertPaired();
        assertThat(rig.inFlight()).isZero();
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void anAcceptableHeadIsCommittedAndItsEndCompletes(long origin) {
        ScriptedCall call = rig(origin, PLAIN).get();
        assertThat(call.start()).containsExactly("DISPATCH 1");
        assertThat(rig.inFlight()).isEqualTo(1);
        assertThat(call.head(1, 200)).containsExactly("COMMIT 1");
        assertThat(rig.inFlight()).isEqualTo(1);
        assertThat(call.machine.verdict()).isNull();
        assertThat(call.end(1)).containsExactly("COMPLETE SUCCESS");
        assertThat(rig.journal.lines())
                .containsExactly(
                        "call default/shop /",
                        "attempt 1 " + call.at(),
                        "ended 1 200 null",
                        "call ended SUCCESS 200 by null");
    }

    @Test
    void aHeadToBeRetriedIsLeftAndTriedElsewhereAfterTheBackOff() {
        ScriptedCall call = rig.get();
        call.start();
        String first = call.at();
        assertThat(call.head(1, 503)).containsExactly("CANCEL 1");
        assertThat(call.fail(1, TransportError.CANCELLED, Processed.YES)).isEmpty();
        assertThat(call.machine.wakeAtNanos() - rig.clock.nanos()).isBetween(1L, 25_000_000L);
        assertThat(call.wake()).containsExactly("DISPATCH 2");
        assertThat(call.at()).isNotEqualTo(first);
        call.head(2, 200);
        assertThat(call.end(2)).containsExactly("COMPLETE SUCCESS");
        assertThat(rig.journal.lines())
                .containsExactly(
                        "call default/shop /",
                        "attempt 1 " + first,
                        "retry",
                        "ended 1 503 CANCELLED",
                        "attempt 2 " + call.at(),
                        "ended 2 200 null",
                        "call ended SUCCESS 200 by null");
    }

    @Test
    void theBackOffCountsFromTheHeadNotFromTheEnd() {
        ScriptedCall call = rig.get();
        call.start();
        call.head(1, 503);
        rig.clock.advance(Duration.ofMillis(26));
        assertThat(call.fail(1, TransportError.CANCELLED, Processed.YES)).containsExactly("DISPATCH 2");
        call.cancel();
        call.end(2);
    }

    @Test
    void aHeadNotToBeRetriedIsCommittedThoughItFailed() {
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.head(1, 501)).containsExactly("COMMIT 1");
        assertThat(call.end(1)).containsExactly("COMPLETE SUCCESS"); // 501 speaks of the request
        ScriptedCall post = rig.call(TestRequest.post("/"));
        post.start();
        assertThat(post.head(1, 503)).containsExactly("COMMIT 1");
        assertThat(post.end(1)).containsExactly("COMPLETE FAILED_RESPONSE");
    }

    @Test
    void theLastAttemptIsCommittedWhateverItBrings() {
        rig.retry(Route.Retry.builder().attempts(2).build()).apply();
        ScriptedCall call = rig.get();
        call.start();
        call.head(1, 503);
        call.fail(1, TransportError.CANCELLED, Processed.YES);
        call.wake();
        assertThat(call.head(2, 503)).containsExactly("COMMIT 2");
        assertThat(call.end(2)).containsExactly("COMPLETE FAILED_RESPONSE");
        assertThat(call.machine.status()).isEqualTo(503);
    }

    @Test
    void anEndToBeRetriedBacksOff() {
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.fail(1, TransportError.RESET, Processed.MAYBE)).isEmpty();
        assertThat(rig.inFlight()).isZero();
        assertThat(call.wake()).containsExactly("DISPATCH 2");
        call.head(2, 200);
        call.end(2);
    }

    @Test
    void theFirstRetryOfWhatWasNotProcessedIsAtOnce() {
        ScriptedCall call = rig.call(TestRequest.post("/"));
        call.start();
        assertThat(call.fail(1, TransportError.CONNECT, Processed.NO)).containsExactly("DISPATCH 2");
        assertThat(call.fail(2, TransportError.CONNECT, Processed.NO)).isEmpty();
        assertThat(call.wake()).containsExactly("DISPATCH 3");
        assertThat(call.fail(3, TransportError.CONNECT, Processed.NO)).containsExactly("COMPLETE FAILED");
        assertThat(call.machine.attempts()).isEqualTo(3);
    }

    @Test
    void anEndNotToBeRetriedCompletes() {
        ScriptedCall call = rig.call(TestRequest.post("/"));
        call.start();
        assertThat(call.fail(1, TransportError.RESET, Processed.MAYBE)).containsExactly("COMPLETE FAILED");
        assertThat(call.machine.status()).isZero();
    }

    @Test
    void anEndWithoutHeadAndWithoutErrorIsAFailure() {
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.end(1)).containsExactly("COMPLETE FAILED");
    }

    @Test
    void anAttemptThatTheDriverCancelledCancelsTheCall() {
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.fail(1, TransportError.CANCELLED, Processed.MAYBE)).containsExactly("COMPLETE CANCELLED");
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void theAttemptTimeoutLeavesAndItsEndDecides(long origin) {
        ScriptedCall call = rig(origin, TIMED).get();
        call.start();
        assertThat(call.machine.wakeAtNanos() - rig.clock.nanos()).isEqualTo(100_000_000);
        assertThat(call.after(Duration.ofNanos(99_999_999))).isEmpty();
        assertThat(call.after(Duration.ofNanos(1))).containsExactly("CANCEL 1");
        assertThat(call.fail(1, TransportError.CANCELLED, Processed.MAYBE)).isEmpty();
        assertThat(call.wake()).containsExactly("DISPATCH 2");
        assertThat(call.machine.wakeAtNanos() - rig.clock.nanos()).isEqualTo(100_000_000);
        call.head(2, 200);
        call.end(2);
        assertThat(rig.journal.lines()).contains("ended 1 0 TIMEOUT");
    }

    @Test
    void anAttemptThatTimedOutAndMayNotBeRepeatedFails() {
        rig.retry(TIMED).apply();
        ScriptedCall call = rig.call(TestRequest.post("/"));
        call.start();
        call.wake();
        assertThat(call.fail(1, TransportError.CANCELLED, Processed.MAYBE)).containsExactly("COMPLETE FAILED");
    }

    @Test
    void anAttemptThatTimedOutBeforeAnythingLeftIsRepeatedAtOnce() {
        rig.retry(TIMED).apply();
        ScriptedCall call = rig.call(TestRequest.post("/"));
        call.start();
        call.wake();
        assertThat(call.fail(1, TransportError.CANCELLED, Processed.NO)).containsExactly("DISPATCH 2");
        call.head(2, 200);
        call.end(2);
    }

    @Test
    void theAttemptTimeoutEndsAtTheCommit() {
        rig.retry(TIMED).apply();
        ScriptedCall call = rig.get();
        call.start();
        call.head(1, 200);
        assertThat(call.machine.wakeAtNanos() - rig.clock.nanos())
                .isEqualTo(Duration.ofSeconds(15).toNanos());
        assertThat(call.after(Duration.ofSeconds(1))).isEmpty();
        assertThat(call.end(1)).containsExactly("COMPLETE SUCCESS");
    }

    @Test
    void aHeadThatComesAfterTheTimeoutIsTooLate() {
        rig.retry(TIMED).apply();
        ScriptedCall call = rig.get();
        call.start();
        call.wake();
        assertThat(call.head(1, 200)).isEmpty();
        assertThat(call.attempt(1).status()).isZero();
        assertThat(call.end(1)).isEmpty();
        assertThat(call.wake()).containsExactly("DISPATCH 2");
        assertThat(call.head(1, 200)).isEmpty();
        call.head(2, 200);
        assertThat(call.end(2)).containsExactly("COMPLETE SUCCESS");
        assertThat(call.head(2, 200)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void theDeadlineCompletesAtOnceAndTheEndStillReleases(long origin) {
        ScriptedCall call = rig(origin, PLAIN).get();
        call.start();
        assertThat(call.after(Duration.ofSeconds(15).minusNanos(1))).isEmpty();
        assertThat(call.after(Duration.ofNanos(1))).containsExactly("CANCEL 1", "COMPLETE DEADLINE_EXCEEDED");
        assertThat(call.machine.rejectedBy()).isEqualTo(Stage.DEADLINE);
        assertThat(call.machine.wakeAtNanos()).isEqualTo(Instants.NEVER);
        assertThat(rig.inFlight()).isEqualTo(1);
        assertThat(call.fail(1, TransportError.CANCELLED, Processed.MAYBE)).isEmpty();
        assertThat(call.attempt(1).outcome().error()).isEqualTo(TransportError.TIMEOUT);
    }

    @Test
    void atTheSameInstantTheDeadlineComesBeforeTheAttemptTimeout() {
        rig.retry(Route.Retry.builder().attemptTimeout(Duration.ofSeconds(15)).build())
                .apply();
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.wake()).containsExactly("CANCEL 1", "COMPLETE DEADLINE_EXCEEDED");
        call.end(1, Outcome.NOT_SENT);
    }

    @Test
    void theDeadlineMayComeWhileAnAttemptIsBeingLeft() {
        rig.retry(TIMED).apply();
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.wake()).containsExactly("CANCEL 1");
        assertThat(call.machine.wakeAtNanos() - rig.clock.nanos()).isEqualTo(14_900_000_000L);
        assertThat(call.wake()).containsExactly("COMPLETE DEADLINE_EXCEEDED");
        assertThat(call.end(1)).isEmpty();
    }

    @Test
    void theDeadlineMayComeDuringTheBackOff() {
        ScriptedCall call = rig.get();
        call.start();
        call.fail(1, TransportError.RESET, Processed.MAYBE);
        assertThat(call.after(Duration.ofSeconds(15))).containsExactly("COMPLETE DEADLINE_EXCEEDED");
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void theDeadlineCutsACommittedResponse(long origin) {
        ScriptedCall call = rig(origin, PLAIN).get();
        call.start();
        call.head(1, 200);
        assertThat(call.wake()).containsExactly("CANCEL 1");
        assertThat(call.machine.wakeAtNanos()).isEqualTo(Instants.NEVER);
        assertThat(call.timer()).isEmpty();
        assertThat(call.machine.verdict()).isNull();
        assertThat(call.fail(1, TransportError.CANCELLED, Processed.YES)).containsExactly("COMPLETE DEADLINE_EXCEEDED");
        assertThat(call.machine.status()).isEqualTo(200);
    }

    @Test
    void cancellingACommittedResponseWaitsForItsEnd() {
        ScriptedCall call = rig.get();
        call.start();
        call.head(1, 200);
        assertThat(call.cancel()).containsExactly("CANCEL 1");
        assertThat(call.cancel()).isEmpty();
        assertThat(call.after(Duration.ofHours(1))).isEmpty();
        assertThat(call.end(1)).containsExactly("COMPLETE CANCELLED");
        assertThat(call.cancel()).isEmpty();
    }

    @Test
    void whatStoppedACommittedCallFirstStaysTheReason() {
        ScriptedCall call = rig.get();
        call.start();
        call.head(1, 200);
        assertThat(call.wake()).containsExactly("CANCEL 1");
        assertThat(call.cancel()).isEmpty();
        assertThat(call.fail(1, TransportError.CANCELLED, Processed.YES)).containsExactly("COMPLETE DEADLINE_EXCEEDED");
        assertThat(call.machine.rejectedBy()).isEqualTo(Stage.DEADLINE);
    }

    @Test
    void cancellingBeforeTheStartEndsTheCallWithoutAnAttempt() {
        ScriptedCall call = rig.get();
        assertThat(call.cancel()).containsExactly("COMPLETE CANCELLED");
        assertThat(call.start()).isEmpty();
        assertThat(call.machine.verdict()).isEqualTo(Verdict.CANCELLED);
        assertThat(rig.journal.lines()).containsExactly("call default/shop /", "call ended CANCELLED 0 by null");
    }

    @Test
    void cancellingCancelsTheAttemptThatIsOut() {
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.cancel()).containsExactly("CANCEL 1", "COMPLETE CANCELLED");
        assertThat(call.cancel()).isEmpty();
        assertThat(call.head(1, 200)).isEmpty();
        assertThat(call.end(1)).isEmpty();
    }

    @Test
    void cancellingWhileAnAttemptIsBeingLeftCancelsItNoSecondTime() {
        ScriptedCall call = rig.get();
        call.start();
        call.head(1, 503);
        assertThat(call.cancel()).containsExactly("COMPLETE CANCELLED");
        assertThat(call.machine.status()).as("nothing was committed").isZero();
        assertThat(call.fail(1, TransportError.CANCELLED, Processed.YES)).isEmpty();
    }

    @Test
    void cancellingDuringTheBackOffNeedsNoCancel() {
        ScriptedCall call = rig.get();
        call.start();
        call.fail(1, TransportError.RESET, Processed.MAYBE);
        assertThat(call.cancel()).containsExactly("COMPLETE CANCELLED");
        assertThat(call.timer()).isEmpty();
    }

    @Test
    void anAttemptThatEndsTwiceIsADriversBug() {
        ScriptedCall call = rig.get();
        call.start();
        call.head(1, 200);
        call.end(1);
        assertThatThrownBy(() -> call.fail(1, TransportError.EOF, Processed.YES))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("attempt 1 has ended twice: ")
                .hasMessageContaining("EOF");
    }

    @Test
    void aBrokenBodyIsAFailedResponse() {
        ScriptedCall call = rig.get();
        call.start();
        call.head(1, 200);
        assertThat(call.fail(1, TransportError.EOF, Processed.YES)).containsExactly("COMPLETE FAILED_RESPONSE");
    }

    @Test
    void aLeakedBodyIsTheApplicationsBusiness() {
        ScriptedCall call = rig.get();
        call.start();
        call.head(1, 200);
        assertThat(call.fail(1, TransportError.LEAKED, Processed.YES)).containsExactly("COMPLETE SUCCESS");
    }

    @Test
    void aBodyThatTheCallerAbandonsCancelsTheCall() {
        ScriptedCall call = rig.get();
        call.start();
        call.head(1, 200);
        assertThat(call.fail(1, TransportError.CANCELLED, Processed.YES)).containsExactly("COMPLETE CANCELLED");
    }

    @Test
    void aServiceThatIsNotKnownIsRefusedByTheRoute() {
        ScriptedCall call = rig.get();
        var machine = rig.engine.newCall("shpo", null, TestRequest.get("/"), MeshCallOptions.DEFAULT);
        machine.start(rig.clock.nanos());
        assertThat(machine.next()).isEqualTo(Command.COMPLETE);
        assertThat(machine.next()).isEqualTo(Command.AWAIT);
        assertThat(machine.verdict()).isEqualTo(Verdict.UNKNOWN_SERVICE);
        assertThat(machine.rejectedBy()).isEqualTo(Stage.ROUTE);
        assertThat(machine.service()).isEqualTo("shpo");
        assertThat(machine.message())
                .isEqualTo("service 'shpo' is not known in namespace default (did you mean shop?)");
        assertThat(call.machine.service()).isEqualTo("default/shop");
    }

    @Test
    void aServiceWithoutInstancesIsRefusedByThePick() {
        rig.instances().apply();
        ScriptedCall call = rig.get();
        assertThat(call.start()).containsExactly("DISPATCH 1", "COMPLETE NO_ENDPOINTS");
        assertThat(call.machine.rejectedBy()).isEqualTo(Stage.PICK);
        assertThat(call.machine.message()).isEqualTo("default/shop: no instance is known");
        assertThat(rig.journal.lines())
                .containsExactly(
                        "call default/shop /",
                        "attempt 1 -",
                        "ended 1 0 CANCELLED",
                        "call ended NO_ENDPOINTS 0 by PICK");
    }

    @Test
    void whatIsFullRefusesAsOverloaded() {
        rig.instances("a", "b")
                .policy(spec -> spec.withConcurrencyLimit(new TrafficPolicy.ConcurrencyLimit(1)))
                .apply();
        ScriptedCall first = rig.get();
        ScriptedCall second = rig.get();
        first.start();
        second.start();
        ScriptedCall third = rig.get();
        assertThat(third.start()).containsExactly("DISPATCH 1", "COMPLETE OVERLOADED");
        assertThat(third.machine.message()).contains("concurrency limit (2 endpoints)");
        assertThat(rig.inFlight()).isEqualTo(2);
        first.cancel();
        first.end(1);
        second.cancel();
        second.end(1);
    }

    @Test
    void theOpenServiceBreakerRefusesBeforeAnythingIsPicked() {
        rig.policy(spec -> spec.withServiceBreaker(
                        new TrafficPolicy.ServiceBreaker(50, 2, Duration.ofSeconds(10), Duration.ofSeconds(5), 1)))
                .apply();
        for (int i = 0; i < 2; i++) {
            ScriptedCall call = rig.call(TestRequest.post("/"));
            call.start();
            call.head(1, 500);
            call.end(1);
        }
        assertThat(rig.journal.lines()).contains("default/shop CLOSED>OPEN");
        ScriptedCall call = rig.get();
        assertThat(call.start()).containsExactly("COMPLETE BREAKER_OPEN");
        assertThat(call.machine.rejectedBy()).isEqualTo(Stage.SERVICE_BREAKER);
        assertThat(call.machine.attempts()).isZero();
        assertThat(call.machine.message()).isEqualTo("default/shop: the service breaker is open");
        rig.clock.advance(Duration.ofSeconds(5));
        ScriptedCall cancelled = rig.get();
        cancelled.start();
        ScriptedCall refused = rig.get();
        assertThat(refused.start()).containsExactly("COMPLETE BREAKER_OPEN");
        cancelled.cancel();
        cancelled.end(1);
        ScriptedCall trial = rig.get();
        assertThat(trial.start()).as("the cancelled trial was given back").containsExactly("DISPATCH 1");
        trial.head(1, 200);
        trial.end(1);
        assertThat(rig.journal.lines()).contains("default/shop OPEN>HALF_OPEN", "default/shop HALF_OPEN>CLOSED");
    }

    @Test
    void aRejectedCallGivesItsBreakerTrialBack() {
        rig.instances("a")
                .policy(spec -> spec.withConcurrencyLimit(new TrafficPolicy.ConcurrencyLimit(1))
                        .withServiceBreaker(new TrafficPolicy.ServiceBreaker(
                                50, 1, Duration.ofSeconds(10), Duration.ofSeconds(5), 1)))
                .apply();
        ScriptedCall stream = rig.get();
        stream.start();
        stream.head(1, 200);
        ServiceTickets.failOnce(rig);
        rig.clock.advance(Duration.ofSeconds(5));
        assertThat(rig.get().start()).containsExactly("DISPATCH 1", "COMPLETE OVERLOADED");
        assertThat(rig.get().start()).containsExactly("DISPATCH 1", "COMPLETE OVERLOADED");
        stream.end(1);
        ScriptedCall trial = rig.get();
        assertThat(trial.start()).containsExactly("DISPATCH 1");
        trial.head(1, 200);
        trial.end(1);
    }

    /** Opens the breaker without a call. */
    private static final class ServiceTickets {
        static void failOnce(Rig rig) {
            long now = rig.clock.nanos();
            rig.shop().completed(rig.shop().admit(now), false, now);
        }
    }

    @Test
    void aDeadlineCountsAgainstTheBreaker() {
        rig.policy(spec -> spec.withServiceBreaker(
                        new TrafficPolicy.ServiceBreaker(50, 1, Duration.ofSeconds(10), Duration.ofSeconds(5), 1)))
                .apply();
        ScriptedCall call = rig.get();
        call.start();
        call.wake();
        call.end(1);
        assertThat(rig.journal.lines()).contains("default/shop CLOSED>OPEN");
    }

    @Test
    void allEndpointsEjectedWithoutPanicIsRefused() {
        rig.instances("a", "b")
                .policy(spec -> spec.withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                        .consecutiveFailures(1)
                        .maxEjectionPercent(100)
                        .panicThresholdPercent(0)
                        .build()))
                .retry(Route.Retry.NEVER)
                .apply();
        for (int i = 0; i < 2; i++) {
            ScriptedCall call = rig.get();
            call.start();
            call.fail(1, TransportError.RESET, Processed.MAYBE);
        }
        ScriptedCall call = rig.get();
        assertThat(call.start()).containsExactly("DISPATCH 1", "COMPLETE NO_HEALTHY_ENDPOINT");
        assertThat(call.machine.message()).contains("all 2 endpoints are ejected and the panic rule is off");
    }

    @Test
    void aCallSentInPanicSaysSo() {
        rig.instances("a", "b")
                .policy(spec -> spec.withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                        .consecutiveFailures(1)
                        .maxEjectionPercent(100)
                        .panicThresholdPercent(50)
                        .build()))
                .retry(Route.Retry.NEVER)
                .apply();
        for (int i = 0; i < 2; i++) {
            ScriptedCall call = rig.get();
            call.start();
            assertThat(call.machine.panic()).isFalse();
            call.fail(1, TransportError.RESET, Processed.MAYBE);
        }
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.machine.panic()).isTrue();
        call.fail(1, TransportError.CONNECT, Processed.NO);
        assertThat(call.machine.message())
                .isEqualTo("default/shop: no attempt brought a response; 1 attempt, at default/shop/" + call.at()
                        + " (" + call.at()
                        + ":80): CONNECT; health was ignored (panic): too few endpoints are healthy");
    }

    @ParameterizedTest
    @EnumSource(TransportError.class)
    void everyErrorIsRetriedByTheMatrix(TransportError error) {
        for (Processed processed : Processed.values()) {
            for (boolean idempotent : new boolean[] {true, false}) {
                for (boolean replayable : new boolean[] {true, false}) {
                    rig(1, PLAIN);
                    ScriptedCall call = rig.call(TestRequest.get("/").repeatable(idempotent, replayable));
                    call.start();
                    List<String> commands = call.fail(1, error, processed);
                    boolean retried = error != TransportError.CANCELLED
                            && replayable
                            && (processed == Processed.NO || idempotent);
                    assertThat(commands.isEmpty() || commands.equals(List.of("DISPATCH 2")))
                            .as("%s %s idempotent %s replayable %s", error, processed, idempotent, replayable)
                            .isEqualTo(retried);
                    call.cancel();
                    if (call.dispatched() == 2) {
                        call.end(2);
                    }
                    everythingIsPairedAndReleased();
                }
            }
        }
    }

    @Test
    void aHeadIsRetriedOnlyWhenIdempotentAndReplayable() {
        for (boolean idempotent : new boolean[] {true, false}) {
            for (boolean replayable : new boolean[] {true, false}) {
                ScriptedCall call = rig.call(TestRequest.get("/").repeatable(idempotent, replayable));
                call.start();
                assertThat(call.head(1, 502)).containsExactly(idempotent && replayable ? "CANCEL 1" : "COMMIT 1");
                call.cancel();
                call.end(1);
            }
        }
    }

    @Test
    void theCallersWordOnIdempotenceBeatsTheRoutesAndTheRoutesBeatsTheMethods() {
        rig.rule(Route.Rule.builder().idempotent(true).build()).apply();
        assertRetried(true, rig.call(TestRequest.post("/")));
        assertRetried(false, rig.call(TestRequest.post("/"), MeshCallOptions.DEFAULT.withIdempotent(false)));
        rig.rule(Route.Rule.builder().idempotent(false).build()).apply();
        assertRetried(false, rig.get());
        assertRetried(true, rig.call(TestRequest.get("/"), MeshCallOptions.DEFAULT.withIdempotent(true)));
    }

    private static void assertRetried(boolean expected, ScriptedCall call) {
        call.start();
        call.fail(1, TransportError.RESET, Processed.MAYBE);
        assertThat(call.machine.verdict() == null).isEqualTo(expected);
        call.cancel();
    }

    @Test
    void pushBackLengthensTheBackOff() {
        ScriptedCall call = rig.get();
        call.start();
        call.head(1, 503, Duration.ofSeconds(2).toNanos());
        call.end(1);
        assertThat(call.machine.wakeAtNanos() - rig.clock.nanos())
                .isEqualTo(Duration.ofSeconds(2).toNanos());
        call.wake();
        call.head(2, 200);
        call.end(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {15_000_000_000L, 16_000_000_000L, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void pushBackBeyondTheDeadlineOrForEverCommits(long pushBack) {
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.head(1, 503, pushBack)).containsExactly("COMMIT 1");
        call.end(1);
        assertThat(rig.journal.lines()).noneMatch(line -> line.startsWith("retry") || line.equals("denied"));
    }

    @Test
    void noPushBackForEverEvenWithoutDeadline() {
        rig.rule(Route.Rule.builder().timeout(Duration.ZERO).build()).apply();
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.machine.wakeAtNanos()).isEqualTo(Instants.NEVER);
        assertThat(call.head(1, 503, Long.MAX_VALUE)).containsExactly("COMMIT 1");
        call.end(1);
    }

    @Test
    void aRetryThatFitsBeforeTheDeadlineByOneNanosecondIsMade() {
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.head(1, 503, 14_999_999_999L)).containsExactly("CANCEL 1");
        call.end(1);
        assertThat(call.wake()).containsExactly("DISPATCH 2");
        assertThat(call.wake()).containsExactly("CANCEL 2", "COMPLETE DEADLINE_EXCEEDED");
        call.end(2);
    }

    @Test
    void aSpentBudgetDeniesTheRetryAndSaysSo() {
        rig.budget(0, 0).apply();
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.head(1, 503)).containsExactly("COMMIT 1");
        call.end(1);
        assertThat(rig.journal.lines())
                .containsExactly(
                        "call default/shop /",
                        "attempt 1 " + call.at(),
                        "denied",
                        "ended 1 503 null",
                        "call ended FAILED_RESPONSE 503 by null");
    }

    @Test
    void eachCallIsPaidIntoTheBudgetOnceAndEachRetryTaken() {
        rig.budget(100, 0).apply();
        for (int i = 0; i < 2; i++) {
            ScriptedCall call = rig.get();
            call.start();
            call.head(1, 200);
            call.end(1);
        }
        ScriptedCall call = rig.get();
        call.start();
        call.fail(1, TransportError.CONNECT, Processed.NO);
        call.fail(2, TransportError.CONNECT, Processed.NO);
        call.wake();
        assertThat(call.fail(3, TransportError.CONNECT, Processed.NO)).containsExactly("COMPLETE FAILED");
        ScriptedCall last = rig.get();
        last.start();
        last.fail(1, TransportError.CONNECT, Processed.NO);
        assertThat(last.fail(2, TransportError.CONNECT, Processed.NO)).isEmpty();
        last.wake();
        last.cancel();
        last.end(3);
        ScriptedCall spent = rig.get();
        spent.start();
        spent.fail(1, TransportError.CONNECT, Processed.NO);
        assertThat(spent.fail(2, TransportError.CONNECT, Processed.NO)).containsExactly("COMPLETE FAILED");
    }

    @Test
    void theCallersDeadlineReplacesTheRoutes() {
        ScriptedCall call =
                rig.call(TestRequest.get("/"), MeshCallOptions.DEFAULT.withDeadline(Duration.ofMillis(300)));
        call.start();
        assertThat(call.machine.wakeAtNanos() - rig.clock.nanos()).isEqualTo(300_000_000);
        call.wake();
        assertThat(call.machine.message())
                .startsWith("default/shop: the deadline has passed after 300 ms; 1 attempt, at default/shop/");
        call.end(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 9_223_372_037L})
    void aDeadlineBeyondTheClockIsNone(long seconds) {
        ScriptedCall call =
                rig.call(TestRequest.get("/"), MeshCallOptions.DEFAULT.withDeadline(Duration.ofSeconds(seconds)));
        assertThat(call.start()).containsExactly("DISPATCH 1");
        assertThat(call.machine.wakeAtNanos()).isEqualTo(Instants.NEVER);
        call.head(1, 200);
        call.end(1);
    }

    @Test
    void aDeadlineThatFallsOnTheWordForNeverStillComes() {
        rig = new Rig(Long.MAX_VALUE - 1000).instances("a").retry(PLAIN).apply();
        ScriptedCall call =
                rig.call(TestRequest.get("/"), MeshCallOptions.DEFAULT.withDeadline(Duration.ofNanos(1000)));
        call.start();
        assertThat(call.machine.wakeAtNanos()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(call.wake()).containsExactly("CANCEL 1", "COMPLETE DEADLINE_EXCEEDED");
        call.end(1);
    }

    @Test
    void aWakeUpLooksAtTheClockToo() {
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.proceed()).isEmpty();
        rig.clock.advance(Duration.ofSeconds(15));
        assertThat(call.proceed()).containsExactly("CANCEL 1", "COMPLETE DEADLINE_EXCEEDED");
        assertThat(call.proceed()).isEmpty();
        call.end(1);
    }

    @Test
    void anUnreachableEndpointIsWaitedForUntilTheAttemptTimesOut() {
        rig.retry(TIMED).apply();
        ScriptedCall call = rig.get().reachable(endpoint -> false);
        assertThat(call.start()).containsExactly("DISPATCH 1");
        assertThat(call.attempt(1).endpoint()).isNull();
        assertThat(call.attempt(1).refusal()).isNull();
        assertThat(rig.journal.lines()).containsExactly("call default/shop /");
        assertThat(call.wake()).containsExactly("CANCEL 1");
        call.reachable(endpoint -> true);
        assertThat(call.end(1, Outcome.NOT_SENT)).containsExactly("DISPATCH 2");
        call.head(2, 200);
        call.end(2);
    }

    @Test
    void aSecondPickReleasesTheFirstAsNotSent() {
        ScriptedCall call = rig.get();
        call.start();
        Attempt attempt = call.attempt(1);
        for (int i = 0; i < 5; i++) {
            attempt.pick(endpoint -> true, rig.clock.nanos());
            assertThat(rig.inFlight()).isEqualTo(1);
        }
        attempt.pick(endpoint -> false, rig.clock.nanos());
        assertThat(rig.inFlight()).isZero();
        assertThat(attempt.endpoint()).isNull();
        attempt.pick(endpoint -> true, rig.clock.nanos());
        call.head(1, 200);
        call.end(1);
        assertThat(rig.journal.lines())
                .filteredOn(line -> line.startsWith("attempt"))
                .hasSize(1);
    }

    @Test
    void aNamedRuleIsNamed() {
        rig.rule(Route.Rule.builder().name("all").build()).apply();
        ScriptedCall call = rig.get();
        assertThat(call.machine.rule()).isEmpty();
        call.start();
        assertThat(call.machine.rule()).isEqualTo("all");
        assertThat(call.machine.subset()).isEmpty();
        call.cancel();
        call.end(1);
        assertThat(rig.journal.lines()).contains("call default/shop all/");
    }

    @Test
    void withoutDeadlineTheAttemptTimeoutAloneIsWaitedFor() {
        rig.rule(Route.Rule.builder().timeout(Duration.ZERO).retry(TIMED).build())
                .apply();
        ScriptedCall call = rig.get();
        call.start();
        assertThat(call.machine.wakeAtNanos() - rig.clock.nanos()).isEqualTo(100_000_000);
        assertThat(call.wake()).containsExactly("CANCEL 1");
        assertThat(call.machine.wakeAtNanos()).isEqualTo(Instants.NEVER);
        call.cancel();
        call.end(1);
    }

    @Test
    void theSubjectIsKnownOnlyAfterACommand() {
        assertThatThrownBy(() -> rig.get().machine.subject())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("subject() before the first DISPATCH, CANCEL or COMMIT");
    }

    @Test
    void timesAreRecorded() {
        ScriptedCall call = rig.get();
        long start = rig.clock.nanos();
        call.start();
        rig.clock.advanceNanos(10);
        call.head(1, 200);
        rig.clock.advanceNanos(20);
        call.end(1);
        assertThat(call.machine.startNanos()).isEqualTo(start);
        assertThat(call.machine.endNanos()).isEqualTo(start + 30);
        Attempt attempt = call.attempt(1);
        assertThat(attempt.startNanos()).isEqualTo(start);
        assertThat(attempt.headNanos()).isEqualTo(start + 10);
        assertThat(attempt.endNanos()).isEqualTo(start + 30);
        assertThat(attempt.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(call.machine.endpoint()).isEqualTo(attempt.endpoint());
        assertThat(call.machine.method()).isEqualTo("GET");
        assertThat(call.machine.path()).isEqualTo("/");
    }

    @Test
    void everyVerdictHasItsWords() {
        ScriptedCall call = rig.get();
        assertThat(call.machine.message()).isEqualTo("default/shop: in progress");
        assertThat(call.machine.endpoint()).isNull();
        call.start();
        call.head(1, 200);
        call.end(1);
        assertThat(call.machine.message()).startsWith("default/shop: ended well; 1 attempt, at");
        ScriptedCall cancelled = rig.get();
        cancelled.cancel();
        assertThat(cancelled.machine.message()).isEqualTo("default/shop: cancelled");
        ScriptedCall failed = rig.call(TestRequest.post("/"));
        failed.start();
        failed.head(1, 500);
        failed.end(1);
        assertThat(failed.machine.message()).startsWith("default/shop: the response failed; 1 attempt");
        ScriptedCall twice = rig.get();
        twice.start();
        twice.fail(1, TransportError.CONNECT, Processed.NO);
        twice.cancel();
        twice.end(2);
        assertThat(twice.machine.message())
                .contains("; 2 attempts, the last at ")
                .endsWith(": CANCELLED");
    }
}
