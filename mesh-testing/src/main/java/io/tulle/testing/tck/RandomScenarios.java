package io.tulle.testing.tck;

import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.testing.Reply;
import io.tulle.testing.Resources;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Scenarios made of a seed. Times are multiples of ten milliseconds, so that things happen at the same instant often; a call that is closed early has no
 * deadline and is not cancelled, and its bodies last longer, because there blocking and callback drivers may differ.
 */
public final class RandomScenarios {
    private static final List<Integer> STATUSES = List.of(200, 200, 200, 302, 404, 429, 500, 503, 503);
    private static final List<TransportError> ERRORS = List.of(
            TransportError.CONNECT,
            TransportError.TLS,
            TransportError.REFUSED,
            TransportError.RESET,
            TransportError.EOF,
            TransportError.PROTOCOL);

    /** As good as never, but a call without deadline ends. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final SplittableRandom random;
    private final ScenarioBuilder scenario;

    private final boolean hedging;

    private RandomScenarios(long seed, boolean hedging) {
        random = new SplittableRandom(seed);
        scenario = Scenario.named(hedging ? "generated, hedging" : "generated").seed(seed);
        this.hedging = hedging;
    }

    /** Returns the scenarios of {@code count} seeds from {@code first} on. */
    public static Stream<Scenario> seeds(long first, int count) {
        return LongStream.range(first, first + count).mapToObj(RandomScenarios::of);
    }

    /** Returns the scenario of {@code seed}. */
    public static Scenario of(long seed) {
        return new RandomScenarios(seed, false).build();
    }

    /** Returns the scenarios of {@code count} seeds from {@code first} on, all under a rule that hedges. */
    public static Stream<Scenario> hedging(long first, int count) {
        return LongStream.range(first, first + count).mapToObj(seed -> new RandomScenarios(seed, true).build());
    }

    private Scenario build() {
        scenario.resources(resources());
        for (int calls = 1 + random.nextInt(8); calls > 0; calls--) {
            scenario.call(call());
        }
        for (int replies = 1 + random.nextInt(10); replies > 0; replies--) {
            scenario.replies(reply());
        }
        if (chance(30)) {
            scenario.replies("a", reply(), reply());
        }
        return scenario.build();
    }

    private Resources resources() {
        Resources resources = Resources.service(ScenarioBuilder.SHOP);
        for (int instances = random.nextInt(5); instances > 0; instances--) {
            resources.instances(String.valueOf((char) ('a' + instances - 1)));
        }
        Route.Retry retry = Route.Retry.builder()
                .attempts(hedging ? 2 + random.nextInt(4) : 1 + random.nextInt(4))
                .attemptTimeout(chance(50) ? Duration.ZERO : time(1, 20))
                .backoff(time(0, 2), Duration.ofMillis(20 + 10L * random.nextInt(3)))
                .build();
        Route.Rule.Builder rule = Route.Rule.builder().retry(retry);
        if (hedging) {
            rule.hedge(hedge(retry));
        }
        resources.rule(rule.timeout(chance(20) ? Duration.ZERO : time(1, 100)).build());
        if (chance(30)) {
            resources.budget(random.nextInt(3) * 10, random.nextInt(3) * 0.1);
        }
        return chance(50) ? resources : resources.policy(this::policy);
    }

    private Route.Hedge hedge(Route.Retry retry) {
        int tens = retry.attemptTimeout().isZero()
                ? 6
                : (int) retry.attemptTimeout().toMillis() / 10;
        return new Route.Hedge(time(0, Math.min(6, tens - 1)), 2 + random.nextInt(retry.attempts() - 1));
    }

    private TrafficPolicy.Spec policy(TrafficPolicy.Spec spec) {
        TrafficPolicy.Spec changed = spec.withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                .consecutiveFailures(1 + random.nextInt(3))
                .ejectionTime(Duration.ofMillis(50), Duration.ofMillis(200))
                .maxEjectionPercent(random.nextInt(3) * 50)
                .panicThresholdPercent(random.nextInt(3) * 50)
                .build());
        if (chance(40)) {
            changed = changed.withServiceBreaker(new TrafficPolicy.ServiceBreaker(
                    50, 1 + random.nextInt(3), Duration.ofSeconds(1), Duration.ofMillis(100), 1 + random.nextInt(2)));
        }
        return changed.withLoadBalancer(TrafficPolicy.LoadBalancer.of(any(List.of(TrafficPolicy.Algorithm.values()))));
    }

    private ScriptedCall call() {
        Body body = any(List.of(Body.values()));
        ScriptedCall call = body == Body.NONE
                ? ScriptedCall.get(ScenarioBuilder.SHOP)
                : ScriptedCall.post(ScenarioBuilder.SHOP, body);
        if (chance(50)) {
            call = call.header("Idempotency-Key", "1");
        }
        if (chance(10)) {
            call = call.idempotent(chance(50));
        }
        call = call.after(time(0, 10));
        if (chance(10)) {
            return call.deadline(Duration.ofHours(2)).by(Caller.closesAfter(Duration.ofMillis(random.nextInt(2) * 5L)));
        }
        if (chance(40)) {
            call = call.deadline(time(1, 50));
        }
        return chance(20) ? call.by(Caller.cancelsAfter(time(1, 30))) : call;
    }

    private Reply reply() {
        if (chance(10)) {
            return chance(50)
                    ? Reply.fail(TransportError.RESET, Processed.MAYBE, LONG)
                    : Reply.fail(TransportError.CONNECT, Processed.NO, LONG);
        }
        if (chance(30)) {
            TransportError error = any(ERRORS);
            boolean unsent =
                    error == TransportError.CONNECT || error == TransportError.TLS || error == TransportError.REFUSED;
            return Reply.fail(error, unsent ? Processed.NO : Processed.MAYBE, time(0, 15));
        }
        Reply reply = Reply.respond(any(STATUSES), time(0, 15), time(1, 30));
        if (chance(10)) {
            reply = reply.withBrokenBody(TransportError.RESET);
        }
        if (chance(10)) {
            reply = reply.withPushBack(
                    chance(30)
                            ? Long.MAX_VALUE
                            : Duration.ofSeconds(random.nextInt(2)).toNanos());
        }
        if (chance(10)) {
            reply = reply.withInterim();
        }
        return chance(15) ? reply.deafToCancel() : reply;
    }

    private Duration time(int from, int to) {
        return Duration.ofMillis(10L * (from + random.nextInt(to - from + 1)));
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
