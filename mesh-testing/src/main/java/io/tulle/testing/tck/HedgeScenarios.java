package io.tulle.testing.tck;

import static io.tulle.testing.tck.Traces.FIRST;
import static io.tulle.testing.tck.Traces.NOW;
import static io.tulle.testing.tck.Traces.SECOND;
import static io.tulle.testing.tck.Traces.SHOP;
import static io.tulle.testing.tck.Traces.ms;

import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.testing.Reply;
import io.tulle.testing.Resources;
import java.time.Duration;
import java.util.List;

/** Several attempts of one call out together. The hedge delay is 30 ms, and two may be out, of three in all, unless a scenario says otherwise. */
final class HedgeScenarios {
    private static final Duration DELAY = ms(30);
    private static final Reply OK = Reply.respond(200, ms(10), ms(5));
    private static final Reply SLOW = Reply.respond(200, ms(2_000), ms(5));
    private static final Reply UNAVAILABLE = Reply.respond(503, ms(40), ms(5));
    private static final ScriptedCall GET = ScriptedCall.get(SHOP);

    private static final String TWO_OUT = "START DISPATCH(1) TIMER DISPATCH(2) ";
    private static final String FIRST_WINS = "HEAD(1) COMMIT(1) CANCEL(2) END(2) END(1) COMPLETE";
    private static final String SECOND_WINS = "HEAD(2) COMMIT(2) CANCEL(1) END(1) END(2) COMPLETE";
    private static final String THIRD_WINS = "HEAD(3) COMMIT(3) CANCEL(2) END(2) END(3) COMPLETE";

    private HedgeScenarios() {}

    static List<Scenario> all() {
        return List.of(
                one("secondWins", GET, TWO_OUT + SECOND_WINS, SLOW, OK),
                one("firstWinsBesideTheSecond", GET, TWO_OUT + FIRST_WINS, Reply.respond(200, ms(50), ms(50)), SLOW),
                one("isNotHedgedWhenItIsQuick", GET, FIRST, Reply.respond(200, ms(29), ms(500)), OK),
                one("headAtTheInstantOfTheHedgeDelayWins", GET, FIRST, Reply.respond(200, DELAY, ms(5)), OK),
                one(
                        "headsAtTheSameInstantTheFirstWins",
                        GET,
                        TWO_OUT + FIRST_WINS,
                        Reply.respond(200, ms(50), ms(5)),
                        Reply.respond(200, ms(20), ms(5))),
                one(
                        "errorAtTheInstantOfTheHedgeDelayIsRetried",
                        GET,
                        "START DISPATCH(1) END(1) TIMER " + SECOND,
                        reset(30),
                        OK),
                one(
                        "failureBesideAnotherIsFollowedAtOnce",
                        GET,
                        TWO_OUT + "END(1) DISPATCH(3) " + THIRD_WINS,
                        reset(40),
                        SLOW,
                        OK),
                one(
                        "statusToBeRetriedIsLeftBesideAnother",
                        GET,
                        TWO_OUT + "HEAD(1) CANCEL(1) DISPATCH(3) END(1) " + THIRD_WINS,
                        UNAVAILABLE,
                        SLOW,
                        OK),
                one("statusNotToBeRetriedWins", GET, TWO_OUT + FIRST_WINS, Reply.respond(404, ms(40), ms(5)), SLOW),
                one(
                        "failsWhenAllThatAreOutFail",
                        GET,
                        TWO_OUT + "END(2) DISPATCH(3) END(3) END(1) COMPLETE",
                        reset(60),
                        reset(10)),
                one(
                        "pushBackHoldsWhenNoneIsOutAnyMore",
                        GET,
                        TWO_OUT + "HEAD(1) CANCEL(1) END(1) END(2) TIMER DISPATCH(3) HEAD(3) COMMIT(3) END(3) COMPLETE",
                        UNAVAILABLE.withPushBack(ms(1_000).toNanos()),
                        reset(60),
                        OK),
                one(
                        "pushBackDelaysTheNextHedge",
                        GET,
                        TWO_OUT + "HEAD(1) CANCEL(1) END(1) TIMER DISPATCH(3) " + THIRD_WINS,
                        UNAVAILABLE.withPushBack(ms(1_000).toNanos()),
                        SLOW,
                        OK),
                one(
                        "pushBackStopsHedging",
                        GET,
                        TWO_OUT + "HEAD(1) CANCEL(1) END(1) HEAD(2) COMMIT(2) END(2) COMPLETE",
                        UNAVAILABLE.withPushBack(Long.MAX_VALUE),
                        SLOW,
                        OK),
                one(
                        "deadlineWithTwoOut",
                        GET.deadline(ms(60)),
                        TWO_OUT + "TIMER CANCEL(1) CANCEL(2) COMPLETE END(1) END(2)",
                        Reply.swallow()),
                one(
                        "deadlineWithTwoOutThatAnswerAllTheSame",
                        GET.deadline(ms(60)),
                        TWO_OUT + "TIMER CANCEL(1) CANCEL(2) COMPLETE END(1) END(2)",
                        Reply.respond(200, ms(70), ms(5)).deafToCancel()),
                one(
                        "cancelWithTwoOut",
                        GET.by(Caller.cancelsAfter(ms(60))),
                        TWO_OUT + "CANCEL CANCEL(1) CANCEL(2) COMPLETE END(1) END(2)",
                        Reply.swallow()),
                one(
                        "cancelOfTheWinnersBody",
                        GET.by(Caller.cancelsAfter(ms(60))),
                        TWO_OUT + "HEAD(2) COMMIT(2) CANCEL(1) END(1) CANCEL CANCEL(2) END(2) COMPLETE",
                        SLOW,
                        Reply.respond(200, ms(10), ms(500))),
                one(
                        "loserAnswersWhileTheWinnerIsRead",
                        GET,
                        TWO_OUT + SECOND_WINS,
                        Reply.respond(201, ms(100), ms(500)).deafToCancel(),
                        Reply.respond(200, ms(10), ms(500))),
                one(
                        "loserAnswersAfterTheCallIsOver",
                        GET,
                        TWO_OUT + "HEAD(2) COMMIT(2) CANCEL(1) END(2) COMPLETE END(1)",
                        Reply.respond(200, ms(100), ms(500)).deafToCancel(),
                        OK),
                one(
                        "closesTheWinnerEarly",
                        GET.by(Caller.closesAfter(NOW)),
                        TWO_OUT + SECOND_WINS,
                        SLOW,
                        Reply.respond(200, ms(10), ms(500))),
                one("doesNotHedgeAPost", ScriptedCall.post(SHOP, Body.REPLAYABLE), FIRST, SLOW, OK),
                one("hedgesAPostWithAnIdempotencyKey", keyed(Body.REPLAYABLE), TWO_OUT + SECOND_WINS, SLOW, OK),
                one("doesNotHedgeAOneShotBody", keyed(Body.ONE_SHOT), FIRST, SLOW, OK),
                one(
                        "doesNotHedgeAOneShotBodyThatIsUntouched",
                        keyed(Body.ONE_SHOT).deadline(ms(60)),
                        "START DISPATCH(1) TIMER CANCEL(1) COMPLETE END(1)",
                        Reply.hang(),
                        OK),
                attemptTimeout(),
                delayOfZero(),
                threeOut(),
                attemptsInAll(),
                doesNotHedgeWithoutBudget(),
                everyHedgeIsPaid(),
                failureByHeadCounts(),
                losersAreNotBlamed());
    }

    private static Scenario attemptTimeout() {
        return hedged("attemptTimeoutOfOneOfTwo", timed(50), new Route.Hedge(DELAY, 2))
                .call(GET, TWO_OUT + "TIMER CANCEL(1) DISPATCH(3) END(1) " + THIRD_WINS)
                .replies(Reply.swallow(), Reply.swallow(), OK)
                .build();
    }

    private static Scenario delayOfZero() {
        return hedged("delayOfZeroSendsBothAtOnce", timed(50), new Route.Hedge(NOW, 2))
                .call(
                        GET,
                        TWO_OUT
                                + "TIMER CANCEL(1) CANCEL(2) END(1) END(2) TIMER DISPATCH(3) TIMER CANCEL(3) END(3) COMPLETE")
                .replies(Reply.swallow())
                .build();
    }

    private static Scenario threeOut() {
        return hedged("noMoreThanTheRuleAllowsAreOut", attempts(5), new Route.Hedge(DELAY, 3))
                .call(
                        GET,
                        TWO_OUT
                                + "TIMER DISPATCH(3) HEAD(1) COMMIT(1) CANCEL(2) CANCEL(3) END(2) END(3) END(1) COMPLETE")
                .replies(Reply.respond(200, ms(500), ms(5)), SLOW)
                .build();
    }

    private static Scenario attemptsInAll() {
        return hedged("attemptsInAllBoundHedges", attempts(2), new Route.Hedge(DELAY, 2))
                .call(GET, TWO_OUT + "END(1) END(2) COMPLETE")
                .replies(reset(40), reset(100))
                .hears("callEnded FAILED 0")
                .build();
    }

    private static Scenario doesNotHedgeWithoutBudget() {
        return Scenario.named("doesNotHedgeWithoutBudget")
                .resources(resources(Route.Retry.DEFAULT, new Route.Hedge(DELAY, 2))
                        .budget(0, 0))
                .call(GET, FIRST)
                .replies(SLOW, OK)
                .hears("retryDenied", "callEnded SUCCESS 200")
                .build();
    }

    /** 0.1 a second over ten seconds are one hedge. */
    private static Scenario everyHedgeIsPaid() {
        return Scenario.named("everyHedgeIsPaid")
                .resources(resources(Route.Retry.DEFAULT, new Route.Hedge(DELAY, 2))
                        .budget(0, 0.1))
                .call(GET, TWO_OUT + SECOND_WINS)
                .call(GET, FIRST)
                .call(GET.after(Duration.ofSeconds(30)), TWO_OUT + SECOND_WINS)
                .replies(SLOW, OK, SLOW, SLOW, OK)
                .hears("callEnded SUCCESS 200", "retryDenied", "callEnded SUCCESS 200", "callEnded SUCCESS 200")
                .build();
    }

    /** Whichever of the two is asked first, a has failed by its head when b answers. */
    private static Scenario failureByHeadCounts() {
        return Scenario.named("attemptThatFailedByItsHeadBesideAnotherIsAFailure")
                .resources(nervous())
                .call(GET)
                .replies("a", Reply.respond(503, ms(40), ms(5)))
                .replies("b", Reply.respond(200, ms(100), ms(5)))
                .hears("endpointEjected a CONSECUTIVE_FAILURES 1000ms", "callEnded SUCCESS 200")
                .build();
    }

    /** Each call loses one attempt at a; nothing is ever ejected, or the last call would not find a. */
    private static Scenario losersAreNotBlamed() {
        return Scenario.named("losersAreNotBlamed")
                .resources(nervous())
                .calls(4, GET)
                .replies("a", SLOW)
                .replies("b", OK)
                .hears("attemptStarted 1 a", "callEnded SUCCESS 200", "attemptStarted 1 a", "callEnded SUCCESS 200")
                .build();
    }

    /** Two instances in turn, either of which is ejected for a second by its first failure. */
    private static Resources nervous() {
        return resources(attempts(2), new Route.Hedge(DELAY, 2))
                .policy(spec -> spec.withLoadBalancer(
                                TrafficPolicy.LoadBalancer.of(TrafficPolicy.Algorithm.ROUND_ROBIN))
                        .withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                                .consecutiveFailures(1)
                                .ejectionTime(Duration.ofSeconds(1), Duration.ofSeconds(10))
                                .maxEjectionPercent(50)
                                .build()));
    }

    private static Scenario one(String name, ScriptedCall call, String trace, Reply... replies) {
        return hedged(name, Route.Retry.DEFAULT, new Route.Hedge(DELAY, 2))
                .call(call, trace)
                .replies(replies)
                .build();
    }

    private static ScenarioBuilder hedged(String name, Route.Retry retry, Route.Hedge hedge) {
        return Scenario.named(name).resources(resources(retry, hedge));
    }

    private static Resources resources(Route.Retry retry, Route.Hedge hedge) {
        return Resources.service(SHOP)
                .instances("a", "b")
                .rule(Route.Rule.builder().retry(retry).hedge(hedge).build());
    }

    private static Route.Retry attempts(int attempts) {
        return Route.Retry.builder().attempts(attempts).build();
    }

    private static Route.Retry timed(long millis) {
        return Route.Retry.builder().attemptTimeout(ms(millis)).build();
    }

    private static Reply reset(long millis) {
        return Reply.fail(TransportError.RESET, Processed.MAYBE, ms(millis));
    }

    private static ScriptedCall keyed(Body body) {
        return ScriptedCall.post(SHOP, body).header("Idempotency-Key", "7");
    }
}
