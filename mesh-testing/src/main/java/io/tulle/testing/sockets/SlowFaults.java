package io.tulle.testing.sockets;

import static io.tulle.testing.sockets.SocketCall.GET;
import static io.tulle.testing.sockets.SocketCall.POST;

import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.testing.tck.Seen;
import io.tulle.testing.wire.WireScript;
import io.tulle.testing.wire.WireServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Responses that take their time, in any protocol. */
final class SlowFaults {
    private static final Duration ATTEMPT = Duration.ofMillis(400);
    private static final Duration LITTLE = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMillis(100);

    private SlowFaults() {}

    static List<SocketScenario> all() {
        return Stream.of(WireServer.Speaks.values())
                .flatMap(protocol -> of(protocol).stream())
                .toList();
    }

    private static List<SocketScenario> of(WireServer.Speaks protocol) {
        return List.of(
                SocketScenario.of("slowDrip", protocol, SlowFaults::drip),
                bounded("silencePastTheAttemptTimeout", protocol, SlowFaults::silence),
                bounded("dripOfABodyPastTheAttemptTimeout", protocol, SlowFaults::bodyPastTheAttemptTimeout),
                SocketScenario.of("dripOfABodyPastTheDeadline", protocol, SlowFaults::bodyPastTheDeadline));
    }

    private static SocketScenario bounded(String name, WireServer.Speaks protocol, SocketScenario.Calls calls) {
        return new SocketScenario(name, protocol, (driver, wire) -> {
            try (SocketBench bench = new SocketBench(driver, wire, 1, SocketBench.rule(ATTEMPT))) {
                calls.on(bench);
            }
        });
    }

    private static void drip(SocketBench bench) throws InterruptedException {
        WireScript drips = exchange -> exchange.drip(bench.wire().head(exchange.stream()), LITTLE)
                .drip(bench.wire().rest(exchange.stream()), LITTLE);
        bench.answers(drips).call(GET).succeedsAfter(1);
        bench.answers(drips).call(POST).succeedsAfter(1);
    }

    private static void silence(SocketBench bench) throws InterruptedException {
        timesOut(bench, WireScript.SILENCE);
    }

    /** HTTP/1.1 only: in HTTP/2, a frame that does not end holds up the whole connection, and the next attempt with it. */
    static void headPastTheAttemptTimeout(SocketDriver driver, Wire wire) throws InterruptedException {
        try (SocketBench bench = new SocketBench(driver, wire, 1, SocketBench.rule(ATTEMPT))) {
            timesOut(bench, exchange -> exchange.drip(bench.wire().head(exchange.stream()), LONG));
        }
    }

    private static void timesOut(SocketBench bench, WireScript script) throws InterruptedException {
        for (SocketCall call : List.of(GET, POST)) {
            bench.answers(script, bench.wire().ok())
                    .call(call)
                    .repeatsOnlyIfAllowed()
                    .first(Processed.MAYBE, TransportError.TIMEOUT);
        }
    }

    /** It ends at COMMIT: a body may take longer. */
    private static void bodyPastTheAttemptTimeout(SocketBench bench) throws InterruptedException {
        bench.answers(exchange -> exchange.send(bench.wire().head(exchange.stream()))
                        .drip(bench.wire().rest(exchange.stream()), LONG))
                .call(GET)
                .succeedsAfter(1);
    }

    private static void bodyPastTheDeadline(SocketBench bench) throws InterruptedException {
        bench.answers(exchange -> exchange.send(bench.wire().head(exchange.stream()))
                        .drip(bench.wire().rest(exchange.stream()), LONG))
                .call(GET.within(ATTEMPT))
                .is(Seen.response(200, Seen.BodyEnd.BROKEN), Verdict.DEADLINE_EXCEEDED, 1)
                .requests(1);
    }
}
