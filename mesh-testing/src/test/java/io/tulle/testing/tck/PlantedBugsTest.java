package io.tulle.testing.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.testing.ProofLog;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The TCK fails for drivers with a bug, and for the right reason; the same scenario passes on the same driver without it. */
class PlantedBugsTest {
    @Test
    void catchesATimerDeliveredBeforeTheOutcome() {
        assertCaught(
                Bug.TIMER_BEFORE_OUTCOME,
                "headAtTheInstantOfTheAttemptTimeoutWins",
                "START DISPATCH(1) TIMER CANCEL(1)");
        assertCaughtBlocking(Bug.TIMER_BEFORE_OUTCOME, "headAtTheInstantOfTheAttemptTimeoutWins", "TIMER");
    }

    @Test
    void catchesAForgottenEndOfAResponseThatIsClosedEarly() {
        assertCaught(
                Bug.FORGETS_THE_END_OF_A_CLOSED_RESPONSE, "closesTheResponseEarly", "nothing is scheduled any more");
        assertCaughtBlocking(
                Bug.FORGETS_THE_END_OF_A_CLOSED_RESPONSE,
                "closesTheResponseEarly",
                "call 1: END of attempt 1: 0 (expected: 1)");
        assertCaughtBlocking(
                Bug.FORGETS_THE_END_OF_A_CLOSED_RESPONSE,
                "closesTheResponseEarly",
                "attempts counted in flight after the end: 1 (expected: 0)");
    }

    @Test
    void catchesAOneShotBodyThatIsReplayed() {
        for (String scenario : List.of(
                "doesNotReplayAOneShotBodyAfterAReset",
                "doesNotReplayAOneShotBodyAfterA503",
                "doesNotReplayAOneShotBodyThatWasRefused")) {
            assertCaught(Bug.REPLAYS_A_ONE_SHOT_BODY, scenario, "writes of its one-shot body");
            assertCaughtBlocking(Bug.REPLAYS_A_ONE_SHOT_BODY, scenario, "writes of its one-shot body");
        }
    }

    @Test
    void catchesARedirectFollowedOnAPinnedClient() {
        assertCaught(Bug.FOLLOWS_REDIRECTS_ON_THE_PINNED_CLIENT, "handsARedirectThrough", "requests sent: ");
    }

    @Test
    void catchesAnAttemptTimeoutKeptAfterCommit() {
        assertCaught(Bug.KEEPS_THE_ATTEMPT_TIMEOUT_AFTER_COMMIT, "attemptTimeoutEndsAtCommit", "END(1) @100");
    }

    @Test
    void catchesAResponseOfACancelledAttemptThatStaysOpen() {
        assertCaught(
                Bug.LEAVES_THE_RESPONSE_OF_A_CANCELLED_ATTEMPT_OPEN,
                "retriesA503",
                "responses left open: 1 (expected: 0)");
        assertCaughtBlocking(
                Bug.LEAVES_THE_RESPONSE_OF_A_CANCELLED_ATTEMPT_OPEN,
                "retriesA503",
                "responses left open: 1 (expected: 0)");
        assertCaughtBlocking(
                Bug.LEAVES_THE_RESPONSE_OF_A_CANCELLED_ATTEMPT_OPEN,
                "headOfACancelledAttemptIsIgnored",
                "responses left open: 1 (expected: 0)");
    }

    @Test
    void catchesAnEndReportedTwice() {
        assertCaught(Bug.ENDS_A_CANCELLED_ATTEMPT_TWICE, "triesAgainAfterAnAttemptTimeout", "has ended twice");
    }

    @Test
    void catchesACommitThatTheDriverDecides() {
        assertCaught(Bug.COMMITS_WHATEVER_COMES, "retriesA503", "Seen[status=503");
    }

    @Test
    void catchesAnInterimResponseDeliveredAsAHead() {
        assertCaught(Bug.DELIVERS_AN_INTERIM_RESPONSE_AS_HEAD, "interimResponseIsNotAHead", "HEAD(1) @5");
    }

    @Test
    void catchesARequestThatTheClientRepeatsByItself() {
        assertCaught(
                Bug.REPEATS_AFTER_A_CONNECT_FAILURE_ITSELF,
                "retriesAConnectFailureAtOnce",
                "START DISPATCH(1) HEAD(1)");
    }

    @Test
    void catchesAnAttemptThatIsNotCancelledOnTheWire() {
        assertCaught(Bug.DOES_NOT_CANCEL_THE_WIRE, "cancelBeforeTheHead", "END(1) @50");
    }

    @Test
    void catchesAnUnsentRequestReportedAsPerhapsProcessed() {
        assertCaught(
                Bug.TAKES_UNSENT_FOR_MAYBE, "repeatsAPostThatWasNotProcessed", "START DISPATCH(1) END(1) COMPLETE");
    }

    @Test
    void catchesADriverThatThinksOfOneCurrentAttempt() {
        assertCaught(Bug.HOLDS_ONE_CURRENT_ATTEMPT, "firstWinsBesideTheSecond", "body=BROKEN");
    }

    @Test
    void catchesALoserThatIsNotCancelled() {
        assertCaught(Bug.DOES_NOT_CANCEL_A_LOSER, "secondWins", "END(1) @2005");
    }

    @Test
    void catchesALosersEndThatIsLost() {
        assertCaught(Bug.FORGETS_THE_END_OF_A_LOSER, "secondWins", "call 1: END of attempt 1: 0 (expected: 1)");
        assertCaught(
                Bug.FORGETS_THE_END_OF_A_LOSER,
                "secondWins",
                "attempts counted in flight after the end: 1 (expected: 0)");
    }

    @Test
    void catchesTwoResponsesHandedOut() {
        assertCaught(Bug.HANDS_OUT_THE_LOSER_TOO, "loserAnswersWhileTheWinnerIsRead", "Seen[status=201");
    }

    @Test
    void catchesAHedgeThatNobodyHasPaidFor() {
        assertCaught(Bug.HEDGES_BY_ITSELF, "doesNotHedgeWithoutBudget", "requests sent: 2 (expected: at most 1");
    }

    @Test
    void catchesLosersThatAreEndedAsFailures() {
        assertCaught(Bug.ENDS_THE_OTHERS_WHEN_A_HEAD_COMES, "losersAreNotBlamed", "endpointEjected a");
    }

    @ParameterizedTest
    @EnumSource(value = Bug.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void generatedScriptsCatchItToo(Bug bug) {
        DriverUnderTest driver = new LoopDriver(bug);
        assertThat(Stream.concat(RandomScenarios.seeds(0, 500), RandomScenarios.hedging(0, 500))
                        .anyMatch(scenario -> !Tck.problems(driver, scenario).isEmpty()))
                .isTrue();
    }

    private static void assertCaught(Bug bug, String scenario, String because) {
        assertCaught(new LoopDriver(bug), new LoopDriver(Bug.NONE), scenario, because);
    }

    private static void assertCaughtBlocking(Bug bug, String scenario, String because) {
        assertCaught(new BlockingDriver(bug), new BlockingDriver(Bug.NONE), scenario, because);
    }

    private static void assertCaught(DriverUnderTest buggy, DriverUnderTest correct, String name, String because) {
        Scenario scenario = Scenarios.named(name);
        assertThat(Tck.problems(correct, scenario)).isEmpty();
        assertThat(String.join("\n", Tck.problems(buggy, scenario))).contains(because);
        ProofLog.row("planted", buggy.name(), "ring 1 " + name, "caught", because);
    }
}
