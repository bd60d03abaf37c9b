package io.tulle.testing.tck;

import static io.tulle.testing.tck.Traces.FAILS;
import static io.tulle.testing.tck.Traces.FIRST;
import static io.tulle.testing.tck.Traces.REFUSED;
import static io.tulle.testing.tck.Traces.SHOP;
import static io.tulle.testing.tck.Traces.ms;

import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.testing.Reply;
import io.tulle.testing.Resources;
import java.time.Duration;
import java.util.List;

/** Ejection, panic, service breaker, concurrency limit. */
final class HealthScenarios {
    private static final Reply OK = Reply.respond(200, ms(10), ms(5));
    private static final Reply ENDLESS = Reply.respond(200, ms(10), ms(3_600_000));
    private static final Reply ERROR = Reply.respond(500, ms(10), ms(5));
    private static final Reply UNREACHABLE = Reply.fail(TransportError.CONNECT, Processed.NO, ms(2));
    private static final ScriptedCall GET = ScriptedCall.get(SHOP);
    private static final Duration OPEN = Duration.ofSeconds(5);

    private HealthScenarios() {}

    static List<Scenario> all() {
        return List.of(
                ejectsAndProbes(),
                failedProbeEjectsForLonger(),
                cancelledProbeIsRepeated(),
                ignoresHealthInPanic(),
                refusesWhenAllAreEjectedAndPanicIsOff(),
                opensTheBreaker(),
                cancelledTrialDoesNotBlockTheBreaker(),
                refusesBeyondTheConcurrencyLimit(),
                limitSendsTheCallElsewhere());
    }

    /** In turn, so that each instance gets two of the first four calls; ejected by two failures in a row, for a second. */
    private static Scenario ejectsAndProbes() {
        return Scenario.named("ejectsAfterConsecutiveFailuresAndProbes")
                .resources(inTurn(50, 0))
                .calls(4, GET)
                .call(GET, FIRST)
                .call(GET, FIRST)
                .call(GET.after(Duration.ofSeconds(1)), FIRST)
                .replies("a", UNREACHABLE, UNREACHABLE, OK)
                .replies("b", OK)
                .hears(
                        "endpointEjected a CONSECUTIVE_FAILURES 1000ms",
                        "attemptStarted 1 b",
                        "attemptStarted 1 b",
                        "attemptStarted 1 a",
                        "endpointReturned a")
                .build();
    }

    private static Scenario failedProbeEjectsForLonger() {
        return Scenario.named("failedProbeEjectsForLonger")
                .resources(inTurn(50, 0))
                .calls(4, GET)
                .calls(2, GET.after(Duration.ofSeconds(1)))
                .calls(1, GET.after(Duration.ofSeconds(1)))
                .replies("a", UNREACHABLE, UNREACHABLE, UNREACHABLE, OK)
                .replies("b", OK)
                .hears(
                        "endpointEjected a CONSECUTIVE_FAILURES 1000ms",
                        "endpointEjected a PROBE_FAILED 2000ms",
                        "endpointReturned a")
                .build();
    }

    /** The first trial is cancelled by its caller and says nothing; so the next call is one. */
    private static Scenario cancelledProbeIsRepeated() {
        return Scenario.named("cancelledProbeIsRepeated")
                .resources(inTurn(50, 0))
                .calls(4, GET)
                .call(GET.after(Duration.ofSeconds(1)).by(Caller.cancelsAfter(ms(5))))
                .call(GET, FIRST)
                .replies("a", UNREACHABLE, UNREACHABLE, OK, OK)
                .replies("b", OK)
                .hears("attemptStarted 1 a", "callEnded CANCELLED 0", "attemptStarted 1 a", "endpointReturned a")
                .build();
    }

    private static Scenario ignoresHealthInPanic() {
        return Scenario.named("ignoresHealthInPanic")
                .resources(inTurn(100, 50).retry(Route.Retry.NEVER))
                .calls(6, GET)
                .replies(UNREACHABLE)
                .hears("callEnded FAILED 0", "callEnded FAILED 0 panic")
                .build();
    }

    private static Scenario refusesWhenAllAreEjectedAndPanicIsOff() {
        return Scenario.named("refusesWhenAllAreEjectedAndPanicIsOff")
                .resources(inTurn(100, 0).retry(Route.Retry.NEVER))
                .calls(4, GET)
                .call(GET, FAILS)
                .replies(UNREACHABLE)
                .hears("callEnded NO_HEALTHY_ENDPOINT 0")
                .build();
    }

    private static Scenario opensTheBreaker() {
        return Scenario.named("opensTheBreakerAndTriesAgain")
                .resources(breaker())
                .calls(4, GET)
                .call(GET, REFUSED)
                .call(GET.after(OPEN), FIRST)
                .call(GET, FIRST)
                .replies(ERROR, ERROR, ERROR, ERROR, OK)
                .hears(
                        "breakerChanged default/shop CLOSED OPEN",
                        "callEnded BREAKER_OPEN 0",
                        "breakerChanged default/shop OPEN HALF_OPEN",
                        "breakerChanged default/shop HALF_OPEN CLOSED")
                .build();
    }

    private static Scenario cancelledTrialDoesNotBlockTheBreaker() {
        return Scenario.named("cancelledTrialDoesNotBlockTheBreaker")
                .resources(breaker())
                .calls(4, GET)
                .call(GET.after(OPEN).by(Caller.cancelsAfter(ms(5))))
                .call(GET, FIRST)
                .replies(ERROR, ERROR, ERROR, ERROR, OK)
                .hears("callEnded CANCELLED 0", "breakerChanged default/shop HALF_OPEN CLOSED")
                .build();
    }

    private static Scenario refusesBeyondTheConcurrencyLimit() {
        return Scenario.named("refusesBeyondTheConcurrencyLimit")
                .resources(limited().instances("a"))
                .call(GET.by(Caller.holds()), FIRST)
                .call(GET, FAILS)
                .replies(ENDLESS)
                .hears("callEnded OVERLOADED 0")
                .build();
    }

    private static Scenario limitSendsTheCallElsewhere() {
        return Scenario.named("concurrencyLimitSendsTheCallElsewhere")
                .resources(limited()
                        .policy(spec -> spec.withLoadBalancer(
                                TrafficPolicy.LoadBalancer.of(TrafficPolicy.Algorithm.ROUND_ROBIN)))
                        .instances("a", "b"))
                .call(GET.by(Caller.holds()), FIRST)
                .call(GET, FIRST)
                .call(GET, FIRST)
                .call(GET, FIRST)
                .replies(ENDLESS, OK)
                .hears("callEnded SUCCESS 200", "callEnded SUCCESS 200", "callEnded SUCCESS 200")
                .build();
    }

    private static Resources inTurn(double maxEjectionPercent, double panicThresholdPercent) {
        return Resources.service(SHOP)
                .instances("a", "b")
                .policy(spec -> spec.withLoadBalancer(
                                TrafficPolicy.LoadBalancer.of(TrafficPolicy.Algorithm.ROUND_ROBIN))
                        .withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                                .consecutiveFailures(2)
                                .failureRate(0, 1)
                                .ejectionTime(Duration.ofSeconds(1), Duration.ofSeconds(10))
                                .maxEjectionPercent(maxEjectionPercent)
                                .panicThresholdPercent(panicThresholdPercent)
                                .build()));
    }

    private static Resources breaker() {
        TrafficPolicy.ServiceBreaker breaker = new TrafficPolicy.ServiceBreaker(50, 4, Duration.ofSeconds(10), OPEN, 1);
        return Resources.service(SHOP)
                .instances("a", "b")
                .retry(Route.Retry.NEVER)
                .policy(spec -> spec.withServiceBreaker(breaker));
    }

    private static Resources limited() {
        return Resources.service(SHOP).policy(spec -> spec.withConcurrencyLimit(new TrafficPolicy.ConcurrencyLimit(1)));
    }
}
