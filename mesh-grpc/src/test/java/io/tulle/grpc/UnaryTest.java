package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.resource.Route;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnaryTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private StatusRuntimeException failure(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run);
    }

    private static CallOptions within(Duration deadline) {
        return CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Test
    void aNegativeReplayLimitFailsACallThatSaysWhatWasExpected() {
        TestServer a = rig.server("a");
        CallOptions negative = CallOptions.DEFAULT.withOption(MeshChannels.REPLAY_LIMIT, -1L);
        for (int i = 0; i < 2; i++) { // the first before the channel is resolved
            Status status = failure(() -> rig.call(Rig.GET, negative)).getStatus();
            assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
            assertThat(status.getDescription()).isEqualTo("MeshChannels.REPLAY_LIMIT: -1 (expected: 0 bytes or more)");
        }
        assertThat(a.calls).isEmpty();
    }

    @Test
    void callsGoToEveryEndpoint() {
        TestServer a = rig.server("a");
        TestServer b = rig.server("b");
        TestServer c = rig.server("c");
        for (int i = 0; i < 60; i++) {
            assertThat(rig.call(Rig.PUT)).endsWith(":q");
        }
        assertThat(a.calls.size() + b.calls.size() + c.calls.size()).isEqualTo(60);
        assertThat(a.calls).isNotEmpty();
        assertThat(b.calls).isNotEmpty();
        assertThat(c.calls).isNotEmpty();
        assertThat(rig.verdicts).hasSize(60).containsOnly("SUCCESS");
    }

    @Test
    void anIdempotentCallIsTriedElsewhere() {
        TestServer a = rig.server("a").failing(Status.UNAVAILABLE.withDescription("going away"));
        TestServer b = rig.server("b");
        for (int i = 0; i < 10; i++) {
            assertThat(rig.call(Rig.GET)).isEqualTo("b:q");
        }
        assertThat(a.calls).isNotEmpty();
        assertThat(b.calls).hasSize(10);
        assertThat(rig.verdicts).containsOnly("SUCCESS");
        assertThat(b.calls.stream().map(UnaryTest::attempt)).contains("2");
        assertThat(b.calls.stream().flatMap(headers -> headers.keys().stream()))
                .contains("grpc-timeout")
                .doesNotContain("x-mesh-timeout-ms");
    }

    private static String attempt(Metadata headers) {
        return headers.get(Metadata.Key.of("x-mesh-attempt", Metadata.ASCII_STRING_MARSHALLER));
    }

    @Test
    void otherCallsAreNotRepeatedOnceAServerHasThem() {
        TestServer a = rig.server("a").failing(Status.UNAVAILABLE.withDescription("going away"));
        StatusRuntimeException thrown = failure(() -> rig.call(Rig.PUT));
        assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(thrown.getStatus().getDescription()).isEqualTo("going away");
        assertThat(a.calls).hasSize(1);
        assertThat(rig.verdicts).containsExactly("FAILED_RESPONSE");
    }

    @Test
    void theCallerMaySayThatACallCanBeRepeated() {
        rig.server("a").failing(Status.UNAVAILABLE);
        rig.server("b");
        CallOptions options =
                CallOptions.DEFAULT.withOption(MeshChannels.CALL_OPTIONS, MeshCallOptions.DEFAULT.withIdempotent(true));
        for (int i = 0; i < 10; i++) {
            assertThat(rig.call(Rig.PUT, options)).isEqualTo("b:q");
        }
    }

    @Test
    void anErrorThatSpeaksOfTheRequestIsPassedOn() {
        TestServer a = rig.server("a").failing(Status.NOT_FOUND.withDescription("no such book"), "detail", "7");
        StatusRuntimeException thrown = failure(() -> rig.call(Rig.GET));
        assertThat(thrown.getStatus())
                .usingRecursiveComparison()
                .isEqualTo(Status.NOT_FOUND.withDescription("no such book"));
        assertThat(thrown.getTrailers().get(Metadata.Key.of("detail", Metadata.ASCII_STRING_MARSHALLER)))
                .isEqualTo("7");
        assertThat(a.calls).hasSize(1);
        assertThat(rig.verdicts).containsExactly("SUCCESS");
    }

    @Test
    void aServerMayAskNotToBeTriedAgain() {
        for (String[] word : new String[][] {
            {"grpc-retry-pushback-ms", "-1"},
            {"grpc-retry-pushback-ms", "soon"},
            {"x-mesh-retry", "never"}
        }) {
            try (Rig own = new Rig()) {
                TestServer a = own.server("a").failing(Status.UNAVAILABLE, word);
                assertThat(failure(() -> own.call(Rig.GET)).getStatus().getCode())
                        .isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(a.calls).as(String.join(": ", word)).hasSize(1);
            }
        }
    }

    @Test
    void aServerMaySayWhenToTryAgain() {
        TestServer a = rig.server("a").failing(Status.UNAVAILABLE, "grpc-retry-pushback-ms", "300");
        long start = System.nanoTime();
        failure(() -> rig.call(Rig.GET));
        assertThat(a.calls).hasSize(3);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(600));
    }

    @Test
    void whatAServerHasRefusedIsSentAgain() {
        rig.server("a").failing(Status.UNAVAILABLE, "x-mesh-refused", "overloaded");
        rig.server("b");
        for (int i = 0; i < 10; i++) {
            assertThat(rig.call(Rig.PUT)).isEqualTo("b:q");
        }
    }

    @Test
    void theDeadlineEndsACall() {
        TestServer a = rig.server("a").silent();
        StatusRuntimeException thrown = failure(() -> rig.call(Rig.GET, within(Duration.ofMillis(300))));
        assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(thrown.getStatus().getDescription())
                .contains("default/ratings", "the deadline has passed", "ratings/a");
        assertThat(((CallFailure) thrown.getStatus().getCause()).verdict()).isEqualTo(Verdict.DEADLINE_EXCEEDED);
        Awaitility.await().until(() -> a.cancelled.get() == 1);
        assertThat(rig.verdicts).containsExactly("DEADLINE_EXCEEDED");
    }

    @Test
    void theRoutesTimeoutIsADeadline() {
        rig.server("a").silent();
        rig.route(Route.Rule.builder().timeout(Duration.ofMillis(200)).build());
        assertThat(failure(() -> rig.call(Rig.GET)).getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void theContextsDeadlineAndCancellationCount() throws Exception {
        TestServer a = rig.server("a").silent();
        try (Context.CancellableContext context = Context.current().withCancellation()) {
            Conversation call = context.call(() -> rig.open(Rig.GET, CallOptions.DEFAULT));
            call.say("q").over();
            Awaitility.await().until(() -> a.calls.size() == 1);
            context.cancel(new IllegalStateException("enough"));
            Status status = call.awaitEnd();
            assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED);
            assertThat(status.getCause()).hasMessage("enough");
        }
        Awaitility.await().until(() -> a.cancelled.get() == 1);
    }

    @Test
    void cancellingACallEndsItAtTheServer() {
        TestServer a = rig.server("a").silent();
        Conversation call = rig.open(Rig.GET, CallOptions.DEFAULT).say("q").over();
        Awaitility.await().until(() -> a.calls.size() == 1);
        call.call.cancel("changed my mind", null);
        Status status = call.awaitEnd();
        assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED);
        assertThat(status.getDescription()).isEqualTo("changed my mind");
        Awaitility.await().until(() -> a.cancelled.get() == 1);
        assertThat(rig.verdicts).containsExactly("CANCELLED");
    }

    @Test
    void anAttemptTimeoutSendsTheCallElsewhere() {
        TestServer a = rig.server("a").silent();
        rig.server("b");
        rig.route(Route.Rule.builder()
                .retry(Route.Retry.builder()
                        .attemptTimeout(Duration.ofMillis(200))
                        .build())
                .build());
        for (int i = 0; i < 6; i++) {
            assertThat(rig.call(Rig.GET)).isEqualTo("b:q");
        }
        Awaitility.await().until(() -> a.cancelled.get() == a.calls.size());
    }

    @Test
    void aHedgeOvertakesASlowServer() {
        TestServer a = rig.server("a").silent();
        rig.server("b");
        rig.route(Route.Rule.builder()
                .hedge(new Route.Hedge(Duration.ofMillis(30), 2))
                .build());
        for (int i = 0; i < 6; i++) {
            assertThat(rig.call(Rig.GET, within(Duration.ofSeconds(10)))).isEqualTo("b:q");
        }
        Awaitility.await().until(() -> a.cancelled.get() == a.calls.size());
        assertThat(rig.verdicts).containsOnly("SUCCESS");
    }

    @Test
    void aDeadEndpointCostsNoCall() {
        rig.server("a");
        TestServer gone = rig.unlisted("gone", 0);
        gone.kill();
        Awaitility.await().until(gone::idle);
        rig.list("gone", "127.0.0.1", gone.port());
        for (int i = 0; i < 20; i++) {
            assertThat(rig.call(Rig.PUT)).isEqualTo("a:q");
        }
    }

    @Test
    void theFirstCallOfAChannelKnowsWhatItIsMadeFor() {
        TestServer a = rig.unlisted("a", 0).silent();
        rig.list("a", "localhost", a.port());
        long deadline =
                rig.mesh.runtime().ticker().nanos() + Duration.ofMillis(700).toNanos();
        CallContext served = CallContext.builder()
                .deadlineNanos(deadline)
                .trace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null)
                .build();
        CallContext.Scope scope = served.makeCurrent();
        try {
            assertThat(failure(() -> rig.call(Rig.PUT)).getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        } finally {
            scope.close();
        }
        assertThat(a.header(0, "traceparent")).contains("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void endpointsMayHaveNames() {
        TestServer a = rig.unlisted("a", 0);
        rig.list("a", "localhost", a.port());
        assertThat(rig.call(Rig.GET)).isEqualTo("a:q");
    }
}
