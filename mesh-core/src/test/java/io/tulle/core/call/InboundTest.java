package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Denial;
import io.tulle.api.call.Verdict;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.api.time.Instants;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.TestHead;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboundTest {
    private static final long NOW = Long.MAX_VALUE - 500;

    private final Rig rig = new Rig(NOW).apply();
    private final Inbound inbound = rig.engine.inbound("default/shop");

    private ServedCall admit(String... headers) {
        return inbound.admit(TestHead.of(headers), NOW);
    }

    private void limit(@Nullable Integer max) {
        rig.policy(spec -> spec.withInbound(new TrafficPolicy.Inbound(max))).apply();
    }

    @Test
    void withoutAPolicyEverythingIsAdmittedAndCounted() {
        for (int i = 0; i < 100; i++) {
            assertThat(admit().denial()).isNull();
        }
        assertThat(inbound.inFlight()).isEqualTo(100);
        assertThat(rig.engine
                        .inbound("default/nobody")
                        .admit(TestHead.of(), NOW)
                        .denial())
                .isNull();
    }

    @Test
    void thePolicyInForceBoundsWhatIsInFlight() {
        ServedCall early = admit();
        limit(1);
        assertThat(admit().denial()).isEqualTo(Denial.OVERLOADED);
        early.ended(200, ServedCall.End.ANSWERED, NOW);
        assertThat(admit().denial()).isNull();
        limit(2);
        assertThat(admit().denial()).isNull();
        assertThat(admit().denial()).isEqualTo(Denial.OVERLOADED);
        limit(null);
        assertThat(admit().denial()).isNull();
    }

    @Test
    void aRefusedRequestTakesNoPlaceAndGivesNoneBack() {
        limit(1);
        ServedCall admitted = admit();
        ServedCall refused = admit();
        refused.ended(503, ServedCall.End.ANSWERED, NOW);
        assertThat(inbound.inFlight()).isEqualTo(1);
        assertThat(refused.verdict()).isEqualTo(Verdict.OVERLOADED);
        admitted.ended(200, ServedCall.End.ANSWERED, NOW);
        assertThat(inbound.inFlight()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, EXPIRED", "-1, EXPIRED", "1,", "x,", "9999999999999,", "'',"})
    void nobodyIsServedWhoNoLongerWaits(String timeout, Denial denial) {
        assertThat(admit("x-mesh-timeout-ms", timeout).denial()).isEqualTo(denial);
    }

    @Test
    void theDeadlineOfTheCallerIsThatOfTheContext() {
        assertThat(admit("x-mesh-timeout-ms", "250").context().deadlineNanos() - NOW)
                .isEqualTo(250_000_000);
        assertThat(admit().context().deadlineNanos()).isEqualTo(Instants.NEVER);
    }

    @ParameterizedTest
    @CsvSource({
        "200, ANSWERED, SUCCESS",
        "404, ANSWERED, SUCCESS",
        "429, ANSWERED, SUCCESS",
        "501, ANSWERED, SUCCESS",
        "500, ANSWERED, FAILED_RESPONSE",
        "503, ANSWERED, FAILED_RESPONSE",
        "200, BROKEN, FAILED",
        "0, BROKEN, FAILED",
        "200, CANCELLED, CANCELLED"
    })
    void verdicts(int status, ServedCall.End how, Verdict verdict) {
        ServedCall call = admit();
        assertThat(call.verdict()).isNull();
        call.ended(status, how, NOW + 3);
        assertThat(call.verdict()).isEqualTo(verdict);
        assertThat(call.status()).isEqualTo(status);
        assertThat(call.endNanos() - call.startNanos()).isEqualTo(3);
    }

    @Test
    void onlyTheFirstEndCounts() {
        ServedCall call = admit();
        call.ended(200, ServedCall.End.ANSWERED, NOW);
        call.ended(500, ServedCall.End.BROKEN, NOW + 1);
        assertThat(call.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(inbound.inFlight()).isZero();
    }

    @Test
    void listenersHearOfEveryRequestTwice() {
        rig.journal.lines();
        limit(1);
        rig.journal.lines();
        ServedCall admitted = admit();
        ServedCall refused = admit();
        refused.ended(503, ServedCall.End.ANSWERED, NOW);
        admitted.ended(200, ServedCall.End.ANSWERED, NOW);
        admitted.ended(200, ServedCall.End.ANSWERED, NOW);
        assertThat(rig.journal.lines())
                .containsExactly(
                        "requestStarted null",
                        "requestStarted OVERLOADED",
                        "requestEnded OVERLOADED 503",
                        "requestEnded SUCCESS 200");
    }

    @Test
    void whatAListenerReads() {
        ServedCall call = admit("x-mesh-attempt", "2");
        assertThat(call.service()).isEqualTo("default/shop");
        assertThat(call.protocol()).isEqualTo(Protocol.HTTP);
        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.path()).isEqualTo("/books/7");
        assertThat(call.context().attempt()).isEqualTo(2);
    }

    @Test
    void onlyAFailureAfterRetriesBelowSparesRetriesAbove() {
        ServedCall call = admit();
        assertThat(call.sparesRetries(503)).isFalse();
        call.context().spendRetries();
        assertThat(call.sparesRetries(503)).isTrue();
        assertThat(call.sparesRetries(500)).isTrue();
        assertThat(call.sparesRetries(499)).isFalse();
        assertThat(call.sparesRetries(200)).isFalse();
    }
}
