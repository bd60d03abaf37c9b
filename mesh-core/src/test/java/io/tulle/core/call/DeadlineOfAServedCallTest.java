package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Stage;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.resource.Route;
import io.tulle.api.time.Instants;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.TestRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The deadline of the call that is being served bounds the calls that are made for it. */
class DeadlineOfAServedCallTest {
    private static final String ORIGINS = "io.tulle.core.fixture.TestClock#origins";

    private Rig rig(long origin, Duration timeout) {
        return new Rig(origin)
                .instances("a")
                .rule(Route.Rule.builder().timeout(timeout).build())
                .apply();
    }

    private static CallMachine start(Rig rig, long leftNanos, MeshCallOptions options) {
        long at = rig.clock.nanos() + leftNanos;
        CallContext context = CallContext.builder()
                .deadlineNanos(at == Instants.NEVER ? at - 1 : at) // as whoever makes a context must see to
                .build();
        CallMachine call = rig.engine.newCall("shop", rig.shop(), TestRequest.get("/"), options, context);
        call.start(rig.clock.nanos());
        return call;
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void theEarlierOfTheTwoHolds(long origin) {
        Rig rig = rig(origin, Duration.ofMillis(5));
        assertThat(start(rig, 1_000, MeshCallOptions.DEFAULT).wakeAtNanos() - rig.clock.nanos())
                .isEqualTo(1_000);
        assertThat(start(rig, 9_000_000, MeshCallOptions.DEFAULT).wakeAtNanos() - rig.clock.nanos())
                .isEqualTo(5_000_000);
        MeshCallOptions shorter = MeshCallOptions.DEFAULT.withDeadline(Duration.ofNanos(700));
        assertThat(start(rig, 1_000, shorter).wakeAtNanos() - rig.clock.nanos()).isEqualTo(700);
    }

    @Test
    void itHoldsWhereTheRuleHasNone() {
        Rig rig = rig(3, Duration.ZERO);
        assertThat(start(rig, 1_000, MeshCallOptions.DEFAULT).deadlineNanos()).isEqualTo(rig.clock.nanos() + 1_000);
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void aCallWhoseDeadlineHasPassedSendsNothingAndNobodyIsBlamed(long origin) {
        Rig rig = rig(origin, Duration.ofSeconds(1));
        for (long left : new long[] {0, -1}) {
            CallMachine call = start(rig, left, MeshCallOptions.DEFAULT);
            assertThat(call.next()).isEqualTo(Command.COMPLETE);
            assertThat(call.verdict()).isEqualTo(Verdict.DEADLINE_EXCEEDED);
            assertThat(call.rejectedBy()).isEqualTo(Stage.DEADLINE);
            assertThat(call.attempts()).isZero();
            assertThat(call.message()).isEqualTo("default/shop: the deadline has passed before this request was sent");
            assertThat(call.context().retriesSpent()).isFalse();
        }
        rig.journal.assertPaired();
        assertThat(start(rig, 1, MeshCallOptions.DEFAULT).next()).isEqualTo(Command.DISPATCH);
    }
}
