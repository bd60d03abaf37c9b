package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.ScriptedCall;
import io.tulle.core.snapshot.Reachable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A call that waits for an endpoint goes by the newest configuration; one that has had an endpoint keeps its own. */
class RerouteTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Rig rig = new Rig(5)
            .instances("a")
            .rule(named("old"))
            .policy(spec -> spec.withServiceBreaker(new TrafficPolicy.ServiceBreaker(50, 1, SECOND, SECOND, 1)))
            .apply();

    private static Route.Rule named(String name) {
        return Route.Rule.builder().name(name).retry(Route.Retry.NEVER).build();
    }

    private ScriptedCall waiting() {
        ScriptedCall call = rig.get().reachable(endpoint -> false);
        assertThat(call.start()).containsExactly("DISPATCH 1");
        assertThat(call.at()).isEqualTo("-");
        return call;
    }

    private void pick(ScriptedCall call) {
        call.attempt(1).pick(Reachable.ALL, rig.clock.nanos());
    }

    private void breakTheService() {
        ScriptedCall bad = rig.get();
        bad.start();
        bad.fail(1, TransportError.RESET, Processed.MAYBE);
    }

    @Test
    void aWaitingCallGoesByTheNewestRuleToTheNewestEndpoints() {
        ScriptedCall call = waiting();
        rig.instances("b").rule(named("new")).apply();

        assertThat(call.reroute(rig.shop())).isEmpty();
        pick(call);

        assertThat(call.at()).isEqualTo("b");
        assertThat(call.machine.rule()).isEqualTo("new");
        call.head(1, 200);
        assertThat(call.end(1)).containsExactly("COMPLETE SUCCESS");
        assertThat(rig.inFlight()).isZero();
    }

    @Test
    void theNewRuleSaysHowLongAnAttemptMayTake() {
        rig.rule(bounded(SECOND)).apply();
        ScriptedCall patient = waiting();
        rig.rule(bounded(Duration.ZERO)).apply();
        patient.reroute(rig.shop());
        pick(patient);
        assertThat(patient.after(SECOND)).isEmpty();
        assertThat(patient.head(1, 200)).containsExactly("COMMIT 1");

        ScriptedCall hasty = waiting();
        rig.rule(bounded(SECOND)).apply();
        hasty.reroute(rig.shop());
        pick(hasty);
        assertThat(hasty.after(SECOND)).containsExactly("CANCEL 1");
    }

    private static Route.Rule bounded(Duration attempt) {
        return Route.Rule.builder()
                .timeout(Duration.ZERO)
                .retry(Route.Retry.builder().attempts(2).attemptTimeout(attempt).build())
                .build();
    }

    @Test
    void aRetryThatWaitsGoesByTheNewestRouteToo() {
        rig.rule(bounded(Duration.ZERO)).apply();
        ScriptedCall call = rig.get();
        call.start();
        call.reachable(endpoint -> false);
        assertThat(call.fail(1, TransportError.CONNECT, Processed.NO)).containsExactly("DISPATCH 2");
        rig.instances("b").apply();

        assertThat(call.reroute(rig.shop())).isEmpty();
        call.attempt(2).pick(Reachable.ALL, rig.clock.nanos());

        assertThat(call.at()).isEqualTo("b");
    }

    @Test
    void whatHasAnEndpointKeepsItsRoute() {
        ScriptedCall call = rig.get();
        call.start();
        rig.instances("b").rule(named("new")).apply();

        assertThat(call.reroute(rig.shop())).isEmpty();

        assertThat(call.at()).isEqualTo("a");
        assertThat(call.machine.rule()).isEqualTo("old");
    }

    @Test
    void aBreakerThatHasOpenedMeanwhileEndsTheCall() {
        ScriptedCall call = waiting();
        breakTheService();
        rig.instances("b").apply();

        assertThat(call.reroute(rig.shop())).containsExactly("CANCEL 1", "COMPLETE BREAKER_OPEN");
    }

    @Test
    void aTrialStaysTheTrial() {
        breakTheService();
        rig.clock.advance(SECOND);
        ScriptedCall trial = waiting();
        rig.instances("b").apply();

        assertThat(trial.reroute(rig.shop())).isEmpty();
        pick(trial);

        assertThat(rig.get().start()).containsExactly("COMPLETE BREAKER_OPEN");
        trial.head(1, 200);
        trial.end(1);
        assertThat(rig.get().start()).containsExactly("DISPATCH 1");
    }
}
