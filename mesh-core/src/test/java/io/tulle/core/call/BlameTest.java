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
