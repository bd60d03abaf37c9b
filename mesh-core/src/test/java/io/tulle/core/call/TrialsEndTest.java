package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.ScriptedCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A trial call that never ends, under a route without deadline, must not keep a service or an endpoint out. */
class TrialsEndTest {
    private static final Route.Rule UNBOUNDED =
            Route.Rule.builder().timeout(Duration.ZERO).retry(Route.Retry.NEVER).build();

    @Test
    void aHalfOpenBreakerTriesAgainWhenItsTrialsHaveHadTheirTime() {
        Rig rig = new Rig(5)
                .instances("a", "b")
                .rule(UNBOUNDED)
                .policy(spec -> spec.withServiceBreaker(
                        new TrafficPolicy.ServiceBreaker(50, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 1)))
                .apply();
        fail(rig.get());
        rig.clock.advance(Duration.ofSeconds(1));
        ScriptedCall trial = rig.get();
        trial.start();
        assertThat(trial.head(1, 200)).containsExactly("COMMIT 1"); // an endless stream of events
        assertThat(rig.get().start()).containsExactly("COMPLETE BREAKER_OPEN");
        rig.clock.advance(Duration.ofSeconds(1));
        assertThat(rig.get().start()).containsExactly("DISPATCH 1");
    }

    @Test
    void anEndpointWhoseTrialIsSwallowedIsTriedAgain() {
        Rig rig = new Rig(5)
                .instances("a", "b", "c")
                .rule(UNBOUNDED)
                .policy(spec -> spec.withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                        .consecutiveFailures(1)
                        .build()))
                .apply();
        ScriptedCall bad = rig.get();
        bad.start();
        String host = bad.at();
        bad.fail(1, TransportError.RESET, Processed.MAYBE);
        rig.clock.advance(Duration.ofSeconds(10));
        ScriptedCall swallowed = rig.get();
        swallowed.start();
        assertThat(swallowed.at()).isEqualTo(host);
        ScriptedCall meanwhile = rig.get();
        meanwhile.start();
        assertThat(meanwhile.at()).as("one trial at a time").isNotEqualTo(host);
        rig.clock.advance(Duration.ofSeconds(10));
        ScriptedCall second = rig.get();
        second.start();
        assertThat(second.at()).isEqualTo(host);
    }

    private static void fail(ScriptedCall call) {
        call.start();
        call.fail(1, TransportError.RESET, Processed.MAYBE);
    }
}
