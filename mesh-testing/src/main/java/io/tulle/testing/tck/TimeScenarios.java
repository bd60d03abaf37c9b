package io.tulle.testing.tck;

import static io.tulle.testing.tck.Traces.FAILS;
import static io.tulle.testing.tck.Traces.FIRST;
import static io.tulle.testing.tck.Traces.NOW;
import static io.tulle.testing.tck.Traces.SECOND;
import static io.tulle.testing.tck.Traces.SHOP;
import static io.tulle.testing.tck.Traces.TIMED_OUT;
import static io.tulle.testing.tck.Traces.ms;

import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import io.tulle.testing.Reply;
import io.tulle.testing.Resources;
import java.util.List;

/** Attempt timeout and deadline. The attempt timeout is 100 ms everywhere. */
final class TimeScenarios {
    private static final Reply OK = Reply.respond(200, ms(10), ms(5));
    private static final ScriptedCall GET = ScriptedCall.get(SHOP);
    private static final String DEADLINE = "START DISPATCH(1) TIMER CANCEL(1) COMPLETE END(1)";

    private TimeScenarios() {}

    static List<Scenario> all() {
        return List.of(
                one("triesAgainAfterAnAttemptTimeout", GET, TIMED_OUT + "TIMER " + SECOND, Reply.swallow(), OK),
                one("doesNotRepeatAPostThatTimedOut", post(), TIMED_OUT + "COMPLETE", Reply.swallow(), OK),
                one("repeatsAPostThatTimedOutWhileConnecting", post(), TIMED_OUT + SECOND, Reply.hang(), OK),
                one("attemptTimeoutEndsAtCommit", GET, FIRST, Reply.respond(200, ms(50), ms(1000))),
                one("headAtTheInstantOfTheAttemptTimeoutWins", GET, FIRST, Reply.respond(200, ms(100), ms(5))),
                one(
                        "errorAtTheInstantOfTheAttemptTimeoutWins",
                        GET,
                        "START DISPATCH(1) END(1) TIMER " + SECOND,
                        resetAfter(100),
                        OK),
                one(
                        "headJustAfterTheAttemptTimeoutLoses",
                        GET,
                        TIMED_OUT + "TIMER " + SECOND,
                        Reply.respond(200, ms(101), ms(5)),
                        OK),
                one("deadlineBeforeTheHead", GET.deadline(ms(50)), DEADLINE, Reply.swallow()),
                one("deadlineAtTheInstantOfTheAttemptTimeout", GET.deadline(ms(100)), DEADLINE, Reply.swallow()),
                one(
                        "deadlineInTheSecondAttempt",
                        GET.deadline(ms(150)),
                        TIMED_OUT + "TIMER DISPATCH(2) TIMER CANCEL(2) COMPLETE END(2)",
                        Reply.swallow()),
                one(
                        "deadlineDuringTheBody",
                        GET.deadline(ms(60)),
                        "START DISPATCH(1) HEAD(1) COMMIT(1) TIMER CANCEL(1) END(1) COMPLETE",
                        Reply.respond(200, ms(50), ms(500))),
                one(
                        "endAtTheInstantOfTheDeadlineWins",
                        GET.deadline(ms(60)),
                        FIRST,
                        Reply.respond(200, ms(50), ms(10))),
                one(
                        "headAndEndAtTheInstantOfTheDeadlineWin",
                        GET.deadline(ms(60)),
                        FIRST,
                        Reply.respond(200, ms(60), NOW)),
                one("errorAtTheInstantOfTheDeadlineWins", GET.deadline(ms(60)), FAILS, resetAfter(60)),
                one(
                        "headOfACancelledAttemptIsIgnored",
                        GET,
                        TIMED_OUT + "TIMER " + SECOND,
                        Reply.respond(200, ms(130), ms(500)).deafToCancel(),
                        OK),
                one(
                        "deadlineWhileACancelledAttemptIsStillOut",
                        GET.deadline(ms(120)),
                        "START DISPATCH(1) TIMER CANCEL(1) TIMER COMPLETE END(1)",
                        Reply.respond(200, ms(130), ms(500)).deafToCancel()),
                Scenario.named("failsAtOnceWhenTheBackoffDoesNotFitInTheDeadline")
                        .resources(Resources.service(SHOP).instances("a", "b").retry(longBackoff()))
                        .call(GET.deadline(ms(9)), FAILS)
                        .replies(resetAfter(8), OK)
                        .build(),
                Scenario.named("routeTimeoutIsTheDeadline")
                        .resources(Resources.service(SHOP)
                                .instances("a")
                                .rule(Route.Rule.builder().timeout(ms(70)).build()))
                        .call(GET, DEADLINE)
                        .replies(Reply.swallow())
                        .hears("callEnded DEADLINE_EXCEEDED 0")
                        .build(),
                Scenario.named("callsWithoutDeadlineWait")
                        .resources(Resources.service(SHOP)
                                .instances("a")
                                .rule(Route.Rule.builder().timeout(NOW).build()))
                        .call(GET, FIRST)
                        .replies(Reply.respond(200, ms(3_600_000), ms(3_600_000)))
                        .build());
    }

    private static Scenario one(String name, ScriptedCall call, String trace, Reply... replies) {
        return Scenario.named(name)
                .resources(Resources.service(SHOP)
                        .instances("a", "b")
                        .retry(Route.Retry.builder().attemptTimeout(ms(100)).build()))
                .call(call, trace)
                .replies(replies)
                .build();
    }

    /** A back-off drawn from 0 to a minute fits into a millisecond once in sixty thousand draws. */
    private static Route.Retry longBackoff() {
        return Route.Retry.builder().backoff(ms(60_000), ms(60_000)).build();
    }

    private static Reply resetAfter(long millis) {
        return Reply.fail(TransportError.RESET, Processed.MAYBE, ms(millis));
    }

    private static ScriptedCall post() {
        return ScriptedCall.post(SHOP, Body.REPLAYABLE);
    }
}
