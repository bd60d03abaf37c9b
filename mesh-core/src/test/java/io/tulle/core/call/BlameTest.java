package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.ScriptedCall;
import io.tulle.core.fixture.TestRequest;
import io.tulle.core.snapshot.Endpoint;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held against an endpoint, and how often. */
class BlameTest {
    @Test
    void aCallerWhoReadsSlowlyEjectsNobody() {
        Rig rig = new Rig(5).instances("a", "b").apply();
        for (int i = 0; i < 40; i++) {
            ScriptedCall call = rig.get();
            call.start();
            call.head(1, 200);
            call.after(Duration.ofSeconds(15)); // the deadline
            call.fail(1, TransportError.CANCELLED, Processed.YES);
        }
        assertThat(rig.shop().endpoints()).allMatch(Endpoint::healthy);
    }

    @Test
    void aDeadlineThatLeavesNoTimeEjectsNobody() {
        Rig rig = new Rig(5).instances("a", "b", "c").apply();
        for (int i = 0; i < 40; i++) {
            cutAfter(rig, Duration.ofMillis(1));
        }
        assertThat(rig.shop().endpoints()).allMatch(Endpoint::healthy);
    }

    @Test
    void anEndpointThatIsSilentUntilALongDeadlineIsEjected() {
        Rig rig = new Rig(5).instances("a", "b", "c").apply();
        for (int i = 0; i < 20; i++) {
            cutAfter(rig, Duration.ofSeconds(2));
        }
        assertThat(rig.shop().endpoints()).anyMatch(endpoint -> !endpoint.healthy());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void attemptsThatAreExcusedEjectNobodyAndAreRepeatedElsewhere(boolean excused) {
        Duration limit = Duration.ofMillis(250);
        Rig rig = new Rig(5)
                .instances("a", "b", "c")
                .retry(Route.Retry.builder().attempts(2).attemptTimeout(limit).build())
                .budget(100, 1000)
                .apply();
        for (int i = 0; i < 40; i++) {
            ScriptedCall call = rig.get();
            call.start();
            String first = call.at();
            assertThat(call.after(limit)).containsExactly("CANCEL 1");
            assertThat(call.attempt(1).blamable()).isTrue();
            if (excused) {
                call.attempt(1).excuse();
            }
            call.fail(1, TransportError.CANCELLED, Processed.NO);
            if (call.dispatched() == 1) {
                call.wake(); // from the back-off
            }
            assertThat(call.at()).isNotEqualTo(first);
            call.head(2, 429); // which says nothing either
            call.end(2);
        }
        assertThat(rig.shop().endpoints().stream().allMatch(Endpoint::healthy)).isEqualTo(excused);
    }

    @Test
    void whatTheMachineGivesUpByItselfIsNotBlamable() {
        Rig rig = new Rig(5).instances("a").apply();
        ScriptedCall cancelled = rig.get();
        cancelled.start();
        cancelled.after(Duration.ofSeconds(2));
        cancelled.cancel();
        assertThat(cancelled.attempt(1).blamable()).isFalse();
        cancelled.end(1);
        ScriptedCall hasty = rig.call(TestRequest.get("/"), MeshCallOptions.DEFAULT.withDeadline(Duration.ofMillis(1)));
        hasty.start();
        hasty.after(Duration.ofMillis(1));
        assertThat(hasty.attempt(1).blamable()).isFalse();
        hasty.end(1);
    }

    @Test
    void aFailedResponseThatAlsoBreaksIsOneFailure() {
        Rig rig = new Rig(5)
                .instances("a", "b")
                .rule(Route.Rule.builder().retry(Route.Retry.NEVER).build())
                .policy(spec -> spec.withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                        .consecutiveFailures(2)
                        .build()))
                .apply();
        ScriptedCall call = rig.get();
        call.start();
        call.head(1, 500);
        call.fail(1, TransportError.EOF, Processed.YES);
        assertThat(rig.shop().endpoints()).allMatch(Endpoint::healthy);
    }

    @Test
    void anEndpointThatBreaksEveryBodyFailsAllItsCallsAndNotHalfOfThem() {
        Rig rig = new Rig(5)
                .instances("a", "b")
                .rule(Route.Rule.builder().retry(Route.Retry.NEVER).build())
                .policy(spec -> spec.withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                        .consecutiveFailures(0)
                        .failureRate(90, 10)
                        .build()))
                .apply();
        for (int i = 0; i < 40; i++) {
            ScriptedCall call = rig.get();
            call.start();
            call.head(1, 200);
            call.fail(1, TransportError.EOF, Processed.YES);
        }
        assertThat(rig.shop().endpoints()).anyMatch(endpoint -> !endpoint.healthy());
    }

    private static void cutAfter(Rig rig, Duration deadline) {
        ScriptedCall call = rig.call(TestRequest.get("/"), MeshCallOptions.DEFAULT.withDeadline(deadline));
        call.start();
        call.after(deadline);
        call.fail(1, TransportError.CANCELLED, Processed.MAYBE);
    }
}
