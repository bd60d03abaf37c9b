package io.tulle.testing.tck;

import static io.tulle.testing.tck.Traces.FAILS;
import static io.tulle.testing.tck.Traces.FIRST;
import static io.tulle.testing.tck.Traces.LEFT;
import static io.tulle.testing.tck.Traces.SECOND;
import static io.tulle.testing.tck.Traces.SHOP;
import static io.tulle.testing.tck.Traces.ms;

import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import io.tulle.testing.Reply;
import io.tulle.testing.Resources;
import java.time.Duration;
import java.util.List;

/** Which failures are followed by another attempt, and when. */
final class RetryScenarios {
    private static final Reply OK = Reply.respond(200, ms(10), ms(5));
    private static final Reply UNAVAILABLE = Reply.respond(503, ms(10), ms(5));
    private static final Reply UNREACHABLE = Reply.fail(TransportError.CONNECT, Processed.NO, ms(2));
    private static final Reply RESET = Reply.fail(TransportError.RESET, Processed.MAYBE, ms(8));
    private static final Reply REFUSED = Reply.fail(TransportError.REFUSED, Processed.NO, ms(3));
    private static final ScriptedCall GET = ScriptedCall.get(SHOP);

    private RetryScenarios() {}

    static List<Scenario> all() {
        return List.of(
                one("succeedsAtOnce", GET, FIRST, OK),
                one("retriesA503", GET, LEFT + "TIMER " + SECOND, UNAVAILABLE, OK),
                one("retriesAConnectFailureAtOnce", GET, "START DISPATCH(1) END(1) " + SECOND, UNREACHABLE, OK),
                one("retriesAReset", GET, "START DISPATCH(1) END(1) TIMER " + SECOND, RESET, OK),
                one(
                        "failsWhenAllAttemptsFail",
                        GET,
                        "START DISPATCH(1) END(1) TIMER DISPATCH(2) END(2) TIMER DISPATCH(3) END(3) COMPLETE",
                        RESET),
                one(
                        "handsOutTheLast503",
                        GET,
                        LEFT
                                + "TIMER DISPATCH(2) HEAD(2) CANCEL(2) END(2) TIMER DISPATCH(3) HEAD(3) COMMIT(3) END(3) COMPLETE",
                        UNAVAILABLE),
                one("doesNotRetryA400", GET, FIRST, Reply.respond(400, ms(10), ms(5)), OK),
                one("doesNotRetryA501", GET, FIRST, Reply.respond(501, ms(10), ms(5)), OK),
                one("doesNotRetryABrokenBody", GET, FIRST, OK.withBrokenBody(TransportError.RESET), OK),
                one("doesNotRepeatAPostThatMayHaveBeenProcessed", post(Body.REPLAYABLE), FAILS, RESET, OK),
                one("doesNotRepeatAPostThatGot503", post(Body.REPLAYABLE), FIRST, UNAVAILABLE, OK),
                one(
                        "repeatsAPostThatWasNotProcessed",
                        post(Body.REPLAYABLE),
                        "START DISPATCH(1) END(1) " + SECOND,
                        REFUSED,
                        OK),
                one(
                        "repeatsAPostWithAnIdempotencyKey",
                        keyed(Body.REPLAYABLE),
                        LEFT + "TIMER " + SECOND,
                        UNAVAILABLE,
                        OK),
                one(
                        "repeatsAPostThatItsCallerCallsIdempotent",
                        post(Body.REPLAYABLE).idempotent(true),
                        LEFT + "TIMER " + SECOND,
                        UNAVAILABLE,
                        OK),
                one("doesNotRepeatAGetThatItsCallerCallsUnsafe", GET.idempotent(false), FIRST, UNAVAILABLE, OK),
                one("doesNotReplayAOneShotBodyAfterAReset", keyed(Body.ONE_SHOT), FAILS, RESET, OK),
                one("doesNotReplayAOneShotBodyAfterA503", keyed(Body.ONE_SHOT), FIRST, UNAVAILABLE, OK),
                one("doesNotReplayAOneShotBodyThatWasRefused", keyed(Body.ONE_SHOT), FAILS, REFUSED, OK),
                one(
                        "sendsAOneShotBodyThatNoConnectionHasTouched",
                        keyed(Body.ONE_SHOT),
                        "START DISPATCH(1) END(1) " + SECOND,
                        UNREACHABLE,
                        OK),
                one(
                        "waitsAsLongAsTheServerAsks",
                        GET,
                        LEFT + "TIMER " + SECOND,
                        UNAVAILABLE.withPushBack(seconds(2)),
                        OK),
                one(
                        "handsOutA503ThatAsksToWaitBeyondTheDeadline",
                        GET.deadline(ms(1500)),
                        FIRST,
                        UNAVAILABLE.withPushBack(seconds(2)),
                        OK),
                one("handsOutA503ThatAsksNotToBeRetried", GET, FIRST, UNAVAILABLE.withPushBack(Long.MAX_VALUE), OK),
                excludesTriedEndpoints(),
                stopsWhenTheBudgetIsSpent(),
                Scenario.named("doesNotRetryWithoutBudget")
                        .resources(Resources.service(SHOP).instances("a", "b").budget(0, 0))
                        .call(GET, FIRST)
                        .replies(UNAVAILABLE, OK)
                        .hears("retryDenied", "callEnded FAILED_RESPONSE 503")
                        .build(),
                Scenario.named("doesNotRetryWhenTheRouteSaysSo")
                        .resources(Resources.service(SHOP).instances("a", "b").retry(Route.Retry.NEVER))
                        .call(GET, FIRST)
                        .replies(UNAVAILABLE, OK)
                        .build());
    }

    /** Each instance answers 503 once: a second attempt at the first one would succeed. */
    private static Scenario excludesTriedEndpoints() {
        return Scenario.named("excludesTriedEndpoints")
                .call(
                        GET,
                        LEFT
                                + "TIMER DISPATCH(2) HEAD(2) CANCEL(2) END(2) TIMER DISPATCH(3) HEAD(3) COMMIT(3) END(3) COMPLETE")
                .replies("a", UNAVAILABLE, OK)
                .replies("b", UNAVAILABLE, OK)
                .build();
    }

    /** 0.2 a second over ten seconds are two retries. */
    private static Scenario stopsWhenTheBudgetIsSpent() {
        return Scenario.named("stopsWhenTheBudgetIsSpent")
                .resources(Resources.service(SHOP).instances("a", "b").budget(0, 0.2))
                .call(GET, LEFT + "TIMER " + SECOND)
                .call(GET, LEFT + "TIMER " + SECOND)
                .call(GET, FIRST)
                .call(GET.after(Duration.ofSeconds(30)), LEFT + "TIMER " + SECOND)
                .replies(UNAVAILABLE, OK, UNAVAILABLE, OK, UNAVAILABLE, UNAVAILABLE, OK)
                .hears("retryDenied", "callEnded FAILED_RESPONSE 503", "callEnded SUCCESS 200")
                .build();
    }

    private static Scenario one(String name, ScriptedCall call, String trace, Reply... replies) {
        return Scenario.named(name).call(call, trace).replies(replies).build();
    }

    private static ScriptedCall post(Body body) {
        return ScriptedCall.post(SHOP, body);
    }

    private static ScriptedCall keyed(Body body) {
        return post(body).header("Idempotency-Key", "7");
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
