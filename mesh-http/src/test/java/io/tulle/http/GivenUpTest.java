package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.client.MeshRuntime;
import io.tulle.core.call.MeshEngine;
import io.tulle.testing.FakeTransport;
import io.tulle.testing.ManualClock;
import io.tulle.testing.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an attempt knows about why it was given up. */
@Timeout(30)
class GivenUpTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ManualClock clock = new ManualClock(5);
    private final MeshRuntime runtime = new MeshRuntime(clock, clock, clock, () -> 1);
    private final MeshEngine engine = new MeshEngine(MeshEngine.Settings.of("default", clock, () -> 1));
    private final List<WireFacts> sent = new ArrayList<>();

    private Answer enqueue(Route.Rule.Builder rule, Reply... replies) {
        engine.accept(List.of(
                Service.of("default", "catalog", Service.Spec.DEFAULT),
                TestMesh.instance("catalog", "one", 81),
                TestMesh.instance("catalog", "two", 82),
                TestMesh.route(rule)));
        FakeTransport wire = new FakeTransport(clock, List.of(replies));
        OkHttpClient client = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher(new ClockExecutor(clock)))
                .build();
        Call.Factory calls = new MeshCallFactory(engine, runtime, client, (endpoint, request, facts) -> {
            sent.add(facts);
            return new FakeCall(wire.open(endpoint), request, facts);
        });
        return Answer.of(
                calls.newCall(new Request.Builder().url("http://catalog/").build()));
    }

    private static Route.Retry.Builder attempts(int most) {
        return Route.Retry.builder().attempts(most);
    }

    @Test
    void theAttemptsTimeWasOver() throws IOException {
        Answer answer = enqueue(
                Route.Rule.builder().retry(attempts(2).attemptTimeout(SHORT).build()),
                Reply.swallow(),
                Reply.respond(200, SHORT.dividedBy(2), Duration.ZERO));
        clock.runUntil(answer::told);
        answer.response().close();
        assertThat(sent).extracting(WireFacts::timedOut).containsExactly(true, false);
    }

    @Test
    void theCallsTimeWasOver() {
        Answer answer =
                enqueue(Route.Rule.builder().timeout(SHORT).retry(attempts(1).build()), Reply.swallow());
        clock.runUntil(answer::told);
        assertThatThrownBy(answer::response).isInstanceOf(MeshIOException.class);
        assertThat(sent).extracting(WireFacts::timedOut).containsExactly(true);
    }

    @Test
    void theCallerWantsItNoMore() {
        Answer answer = enqueue(Route.Rule.builder().retry(attempts(1).build()), Reply.swallow());
        clock.advance(SHORT);
        answer.cancel();
        clock.runUntil(answer::told);
        assertThat(sent).extracting(WireFacts::timedOut).containsExactly(false);
    }

    @Test
    void itHasLostAgainstAHedge() throws IOException {
        Answer answer = enqueue(
                Route.Rule.builder().hedge(new Route.Hedge(SHORT, 2)),
                Reply.swallow(),
                Reply.respond(200, SHORT, Duration.ZERO));
        clock.runUntil(answer::told);
        answer.response().close();
        assertThat(sent).extracting(WireFacts::timedOut).containsExactly(false, false);
    }
}
