package io.tulle.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.ScriptedCall;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrialOfAFullEndpointTest {
    @Test
    void leavesTheOthersTheirTurns() {
        Rig rig = new Rig(77)
                .policy(spec -> spec.withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                                .consecutiveFailures(1)
                                .build())
                        .withConcurrencyLimit(new TrafficPolicy.ConcurrencyLimit(1))
                        .withLoadBalancer(TrafficPolicy.LoadBalancer.of(TrafficPolicy.Algorithm.ROUND_ROBIN)))
                .instances("a", "b", "c", "d")
                .apply();
        Endpoint full = rig.endpoint("a");
        full.state().load().begin(); // a stream that stays open
        rig.shop().whole().failed(full, full.state().health().admit(), 1_000_000, rig.clock.nanos());
        rig.clock.advance(Duration.ofSeconds(10)); // its trial is due, but it has no room

        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            ScriptedCall call = rig.get();
            call.start();
            counts.merge(call.at(), 1, Integer::sum);
            call.head(1, 200);
            call.end(1);
        }
        assertThat(counts)
                .hasSize(3)
                .allSatisfy((host, calls) -> assertThat(calls).isEqualTo(100));
    }
}
