package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.context.CallContext;
import io.tulle.api.resource.Route;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.ScriptedCall;
import org.junit.jupiter.api.Test;

/** When a call tells the one that it is made for that there is no point in trying again above. */
class SpentRetriesTest {
    private final CallContext context = CallContext.builder().build();
    private final Rig rig = new Rig(7).instances("a", "b").apply();

    private ScriptedCall started() {
        ScriptedCall call = rig.getFor(context);
        call.start();
        return call;
    }

    @Test
    void aCallThatWasRetriedInVainTells() {
        ScriptedCall call = started();
        call.head(1, 503);
        call.end(1);
        call.wake();
        call.head(2, 503);
        call.end(2);
        call.wake();
        call.head(3, 503);
        assertThat(context.retriesSpent()).isFalse();
        call.end(3);
        assertThat(context.retriesSpent()).isTrue();
    }

    @Test
    void aCallThatARetryRescuedDoesNotTell() {
        ScriptedCall call = started();
        call.head(1, 503);
        call.end(1);
        call.wake();
        call.head(2, 200);
        call.end(2);
        assertThat(context.retriesSpent()).isFalse();
    }

    @Test
    void aCallWhoseRetryWasTooDearTells() {
        rig.budget(0, 0).apply();
        ScriptedCall call = started();
        call.head(1, 503);
        call.end(1);
        assertThat(context.retriesSpent()).isTrue();
    }

    @Test
    void aCallThatIsNeverRetriedDoesNotTell() {
        rig.retry(Route.Retry.NEVER).apply();
        ScriptedCall call = started();
        call.fail(1, TransportError.RESET, Processed.MAYBE);
        assertThat(context.retriesSpent()).isFalse();
    }

    @Test
    void aCallThatWasToldTellsOn() {
        ScriptedCall call = started();
        assertThat(call.head(1, 503, Long.MAX_VALUE)).containsExactly("COMMIT 1");
        call.end(1);
        assertThat(context.retriesSpent()).isTrue();
    }

    @Test
    void aCallThatWasToldTellsOnWhateverItWouldHaveRetriedItself() {
        rig.retry(Route.Retry.NEVER).apply();
        ScriptedCall call = started();
        call.head(1, 503, Long.MAX_VALUE);
        call.end(1);
        assertThat(context.retriesSpent()).isTrue();
    }

    @Test
    void whatIsNoFailureTellsNothing() {
        ScriptedCall call = started();
        call.head(1, 404, Long.MAX_VALUE);
        call.end(1);
        assertThat(context.retriesSpent()).isFalse();
    }

    @Test
    void aPauseThatIsTooLongIsNoWordOnRetries() {
        ScriptedCall call = started();
        call.head(1, 503, Long.MAX_VALUE - 1);
        call.end(1);
        assertThat(context.retriesSpent()).isFalse();
    }
}
