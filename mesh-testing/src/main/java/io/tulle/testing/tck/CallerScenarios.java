package io.tulle.testing.tck;

import static io.tulle.testing.tck.Traces.FIRST;
import static io.tulle.testing.tck.Traces.LEFT;
import static io.tulle.testing.tck.Traces.NOW;
import static io.tulle.testing.tck.Traces.SHOP;
import static io.tulle.testing.tck.Traces.ms;

import io.tulle.testing.Reply;
import java.time.Duration;
import java.util.List;

/** What the application does to a call. */
final class CallerScenarios {
    private static final Reply SLOW = Reply.respond(200, ms(50), ms(500));
    private static final Reply BACK_IN_A_SECOND =
            Reply.respond(503, ms(10), ms(5)).withPushBack(Duration.ofSeconds(1).toNanos());
    private static final String CANCELLED = "START DISPATCH(1) CANCEL CANCEL(1) COMPLETE END(1)";

    private CallerScenarios() {}

    static List<Scenario> all() {
        return List.of(
                one("cancelBeforeTheHead", Caller.cancelsAfter(ms(20)), CANCELLED, SLOW),
                one(
                        "cancelOfAnAttemptThatAnswersAllTheSame",
                        Caller.cancelsAfter(ms(20)),
                        CANCELLED,
                        SLOW.deafToCancel()),
                one("cancelDuringTheBackoff", Caller.cancelsAfter(ms(500)), LEFT + "CANCEL COMPLETE", BACK_IN_A_SECOND),
                one(
                        "cancelDuringTheBody",
                        Caller.cancelsAfter(ms(60)),
                        "START DISPATCH(1) HEAD(1) COMMIT(1) CANCEL CANCEL(1) END(1) COMPLETE",
                        SLOW),
                one("cancelAfterTheEndChangesNothing", Caller.cancelsAfter(Duration.ofSeconds(5)), FIRST, SLOW),
                one("closesTheResponseAtOnce", Caller.closesAfter(NOW), FIRST, SLOW),
                one("closesTheResponseEarly", Caller.closesAfter(ms(100)), FIRST, SLOW),
                one("holdsTheResponseOpen", Caller.holds(), FIRST, SLOW));
    }

    private static Scenario one(String name, Caller caller, String trace, Reply reply) {
        return Scenario.named(name)
                .call(ScriptedCall.get(SHOP).by(caller), trace)
                .replies(reply)
                .build();
    }
}
