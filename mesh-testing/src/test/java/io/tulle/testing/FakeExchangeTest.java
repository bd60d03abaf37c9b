package io.tulle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.TransportError;
import io.tulle.core.call.CallMachine;
import io.tulle.core.call.MeshEngine;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.testing.tck.ScriptedCall;
import io.tulle.testing.tck.ScriptedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeExchangeTest {
    private static final Duration TEN = Duration.ofMillis(10);

    private final ManualClock clock = new ManualClock(3);
    private final List<String> heard = new ArrayList<>();

    @Test
    void tellsInterimHeadAndEndInTime() {
        open(Reply.respond(200, TEN, TEN).withInterim()).start(receiver());
        clock.runAll();
        assertThat(heard).containsExactly("103 at 5", "head at 10", "null at 20");
    }

    @Test
    void outcomeWinsOverATimerOfTheSameInstantForABlockedThread() {
        FakeExchange exchange = open(Reply.respond(200, TEN, TEN));
        clock.schedule(clock.nanos() + TEN.toNanos(), exchange::cancel);
        assertThat(exchange.awaitHead()).isTrue();
        assertThat(exchange.cancelled()).isFalse();
        assertThat(exchange.awaitEnd().error()).isEqualTo(TransportError.CANCELLED);
    }

    @Test
    void earlierTimerCancelsABlockedThread() {
        FakeExchange exchange = open(Reply.swallow());
        clock.schedule(clock.nanos() + 5, exchange::cancel);
        assertThat(exchange.awaitHead()).isFalse();
        assertThat(exchange.outcome()).isEqualTo(Outcome.failed(TransportError.CANCELLED, Processed.MAYBE));
        assertThat(exchange.released()).isTrue();
    }

    @Test
    void nothingWasSentWhenConnectingHangs() {
        FakeExchange exchange = open(Reply.hang());
        exchange.start(receiver());
        exchange.cancel();
        assertThat(exchange.outcome()).isEqualTo(Outcome.failed(TransportError.CANCELLED, Processed.NO));
    }

    @Test
    void deafWireAnswersAllTheSame() {
        FakeExchange exchange = open(Reply.respond(200, TEN, TEN).deafToCancel());
        exchange.start(receiver());
        exchange.cancel();
        clock.advance(TEN);
        assertThat(heard).containsExactly("head at 10");
        exchange.close();
        assertThat(heard).containsExactly("head at 10", "CANCELLED at 10");
    }

    @Test
    void responseIsOpenUntilItIsReadOrClosed() {
        FakeExchange exchange = open(Reply.respond(200, TEN, TEN));
        exchange.awaitHead();
        exchange.cancel();
        assertThat(exchange.released()).isFalse();
        exchange.close();
        assertThat(exchange.released()).isTrue();
    }

    @Test
    void instancesWithRepliesOfTheirOwnFollowThose() {
        FakeTransport transport = new FakeTransport(
                clock,
                List.of(Reply.respond(200, TEN, TEN), Reply.respond(201, TEN, TEN)),
                Map.of("b", List.of(Reply.respond(503, TEN, TEN))));
        List<Integer> statuses = new ArrayList<>();
        for (String instance : List.of("a", "b", "c", "b", "a")) {
            statuses.add(transport.open(endpoint(instance)).status());
        }
        assertThat(statuses).containsExactly(200, 503, 201, 503, 201);
        assertThat(transport.hits()).containsExactly("a", "b", "c", "b", "a");
    }

    @Test
    void traceKeepsWhatLeavesAMark() {
        RecordingTrace trace = new RecordingTrace();
        MeshEngine engine = new MeshEngine(
                MeshEngine.Settings.of("default", clock, new SeededRandom(1)).withTrace(trace));
        CallMachine machine = engine.newCall(
                "nobody", null, new ScriptedRequest(ScriptedCall.get("nobody")), MeshCallOptions.DEFAULT);
        machine.start(clock.nanos());
        machine.next();
        machine.onTimer(clock.nanos() + TEN.toNanos());
        machine.next();
        assertThat(trace.calls()).containsExactly(List.of("START @0", "COMPLETE @0"));
    }

    private FakeExchange open(Reply reply) {
        return new FakeTransport(clock, List.of(reply)).open(endpoint("a"));
    }

    private Endpoint endpoint(String name) {
        MeshEngine engine = new MeshEngine(MeshEngine.Settings.of("default", clock, new SeededRandom(1)));
        engine.accept(Resources.service("shop").instances(name).list());
        return engine.snapshot().services().iterator().next().endpoints().get(0);
    }

    private FakeExchange.Receiver receiver() {
        return new FakeExchange.Receiver() {
            @Override
            public void interim(int status) {
                heard.add(status + " at " + clock.elapsed().toMillis());
            }

            @Override
            public void head(ResponseHead head) {
                heard.add("head at " + clock.elapsed().toMillis());
            }

            @Override
            public void end(Outcome outcome) {
                heard.add(outcome.error() + " at " + clock.elapsed().toMillis());
            }
        };
    }
}
