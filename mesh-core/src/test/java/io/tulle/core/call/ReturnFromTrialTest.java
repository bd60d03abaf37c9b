package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.fixture.TestClock;
import io.tulle.core.fixture.TestRequest;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.Reachable;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReturnFromTrialTest {
    private record Head(int status, long pushBackNanos) implements ResponseHead {}

    @ParameterizedTest
    @MethodSource("io.tulle.core.fixture.TestClock#origins")
    void anEndpointThatPassedItsTrialHasItsFairShareAtOnce(long origin) {
        TestClock clock = new TestClock(origin);
        SplittableRandom random = new SplittableRandom(7);
        MeshEngine engine = new MeshEngine(MeshEngine.Settings.of("default", clock, random::nextLong));
        engine.accept(List.of(
                Service.of("default", "shop", Service.Spec.DEFAULT),
                instance("bad"),
                instance("good"),
                new TrafficPolicy(
                        Metadata.of("default", "shop"),
                        TrafficPolicy.Spec.defaults("shop")
                                .withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                                        .consecutiveFailures(1)
                                        .build())),
                new Route(
                        Metadata.of("default", "shop"),
                        new Route.Spec(
                                "shop",
                                List.of(Route.Rule.builder()
                                        .retry(Route.Retry.NEVER)
                                        .build()),
                                Route.RetryBudget.DEFAULT))));

        while (!call(engine, clock, true).equals("bad")) {
            clock.advance(Duration.ofMillis(1));
        }
        clock.advance(TrafficPolicy.OutlierDetection.DEFAULT.baseEjectionTime());
        assertThat(call(engine, clock, false)).as("the trial").isEqualTo("bad");
        int toBad = 0;
        for (int i = 0; i < 1000; i++) {
            toBad += call(engine, clock, false).equals("bad") ? 1 : 0;
        }
        assertThat(toBad).isBetween(300, 700);
    }

    /** Makes a call of ten milliseconds and returns who had it. */
    private static String call(MeshEngine engine, TestClock clock, boolean badFails) {
        CallMachine machine =
                engine.newCall("shop", engine.snapshot().byHost("shop"), TestRequest.get("/"), MeshCallOptions.DEFAULT);
        machine.start(clock.nanos());
        assertThat(machine.next()).isEqualTo(Command.DISPATCH);
        Attempt attempt = machine.subject();
        Endpoint endpoint = attempt.pick(Reachable.ALL, clock.nanos());
        assertThat(endpoint).isNotNull();
        clock.advance(Duration.ofMillis(10));
        boolean fails = badFails && endpoint.instanceName().equals("bad");
        machine.onHead(attempt, new Head(fails ? 503 : 200, -1), clock.nanos());
        assertThat(machine.next()).isEqualTo(Command.COMMIT);
        machine.onEnd(attempt, Outcome.COMPLETE, clock.nanos());
        return endpoint.instanceName();
    }

    private static Instance instance(String name) {
        return new Instance(
                Metadata.of("default", name),
                Instance.Spec.of("shop", name, "localhost", name.equals("bad") ? 8081 : 8082));
    }
}
