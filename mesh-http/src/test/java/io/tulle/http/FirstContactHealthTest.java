package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.EjectionReason;
import io.tulle.api.listener.EndpointInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TlsMode;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.client.Mesh;
import io.tulle.client.MeshRuntime;
import io.tulle.client.tls.MeshIdentity;
import io.tulle.testing.FixedSource;
import io.tulle.testing.ManualClock;
import io.tulle.testing.TestTrustDomain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is held against an endpoint when many attempts wait for one connection to it. The mesh's time stands still unless it is moved. */
@Timeout(60)
class FirstContactHealthTest implements MeshListener {
    private static final int CALLS = 10;
    private static final Duration ATTEMPT = Duration.ofMillis(250);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Outcome IN_VAIN = Outcome.failed(TransportError.TIMEOUT, Processed.NO);
    private static final List<Protocol> HTTP_2 = List.of(Protocol.HTTP_2, Protocol.HTTP_1_1);

    private final ManualClock clock = new ManualClock(11);
    private final HeldDoor door = new HeldDoor();
    private final MockWebServer server = new MockWebServer();
    private final List<AutoCloseable> closing = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    private final List<EjectionReason> ejections = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private TestTrustDomain domain;

    @BeforeEach
    void shutTheDoor() throws IOException {
        domain = new TestTrustDomain(folder, "example.org");
        server.setServerSocketFactory(door);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder().body("seven").build();
            }
        });
        door.shut();
        closing(server);
    }

    @AfterEach
    void stop() throws Exception {
        door.open();
        for (AutoCloseable each : closing) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T one) {
        closing.add(0, one);
        return one;
    }

    @Override
    public void attemptStarted(CallInfo call, AttemptInfo attempt) {
        begun.incrementAndGet();
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        outcomes.add(Objects.requireNonNull(attempt.outcome()));
    }

    @Override
    public void endpointEjected(EndpointInfo endpoint, EjectionReason reason, long nanos) {
        ejections.add(reason);
    }

    /** The server is who {@code service} says; it is ejected after {@code failures} in a row, although it is the only one. */
    private Call.Factory calls(String service, List<Protocol> protocols, int failures) throws IOException {
        server.useHttps(closing(MeshIdentity.of(domain.add("default", service), MeshListener.NONE))
                .server()
                .getSocketFactory());
        server.start();
        Metadata catalog = Metadata.of("default", "catalog");
        Route.Rule rule = Route.Rule.builder()
                .timeout(Duration.ofMinutes(5))
                .retry(Route.Retry.builder().attempts(1).attemptTimeout(ATTEMPT).build())
                .build();
        TrafficPolicy.OutlierDetection detection = TrafficPolicy.OutlierDetection.builder()
                .consecutiveFailures(failures)
                .failureRate(0, 1)
                .maxEjectionPercent(100)
                .panicThresholdPercent(0)
                .ejectionTime(ATTEMPT, Duration.ofMinutes(5))
                .build();
        Instance.Spec spec = Instance.Spec.of("catalog", "", "127.0.0.1", server.getPort());
        Mesh mesh = closing(Mesh.builder()
                .service("storefront")
                .tls(domain.add("default", "storefront"))
                .source(new FixedSource(List.of(
                        Service.of("default", "catalog", Service.Spec.DEFAULT),
                        new Route(catalog, new Route.Spec("catalog", List.of(rule), Route.RetryBudget.DEFAULT)),
                        new TrafficPolicy(
                                catalog, TrafficPolicy.Spec.defaults("catalog").withOutlierDetection(detection)),
                        new Instance(Metadata.of("default", "catalog-1"), spec.withTls(TlsMode.MUTUAL)))))
                .listener(this)
                .runtime(new MeshRuntime(clock, clock, clock, () -> 1))
                .build());
        okhttp3.Dispatcher dispatcher = new okhttp3.Dispatcher();
        closing(() -> dispatcher.executorService().shutdown());
        return MeshCalls.of(
                mesh,
                new OkHttpClient.Builder()
                        .dispatcher(dispatcher)
                        .protocols(protocols)
                        .connectTimeout(Duration.ofSeconds(30))
                        .build());
    }

    private static CompletableFuture<String> start(Call call) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call of, Response response) throws IOException {
                answer.complete(response.body().string());
            }

            @Override
            public void onFailure(Call of, IOException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private static Call get(Call.Factory calls) {
        return calls.newCall(new Request.Builder().url("http://catalog/").build());
    }

    private static List<CompletableFuture<String>> start(Call.Factory calls, int count) {
        return IntStream.range(0, count).mapToObj(i -> start(get(calls))).toList();
    }

    private static List<CompletableFuture<String>> startAndWait(Call.Factory calls) {
        List<CompletableFuture<String>> started = start(calls, CALLS);
        FirstContactTest.awaitWaiting(CALLS);
        return started;
    }

    /** Has what is out run out of time. */
    private void runOutOfTime(List<CompletableFuture<String>> started) {
        clock.advance(ATTEMPT);
        await().until(() -> started.stream().allMatch(CompletableFuture::isCompletedExceptionally));
        await().until(() -> outcomes.size() == begun.get());
    }

    @Test
    void manyThatRunOutOfTimeInOneHandshakeAreOneFailureAndTheEndpointIsUsedOnceItIsDone() throws IOException {
        Call.Factory calls = calls("catalog", HTTP_2, 2);

        runOutOfTime(startAndWait(calls));
        runOutOfTime(startAndWait(calls)); // within the same second

        assertThat(outcomes).hasSize(2 * CALLS).containsOnly(IN_VAIN);
        assertThat(ejections).isEmpty();
        List<CompletableFuture<String>> last = startAndWait(calls);
        door.open();
        assertThat(last).allSatisfy(call -> assertThat(call.join()).isEqualTo("seven"));
        assertThat(door.passed()).isEqualTo(1);
    }

    /** That the former can fail: the same with as many handshakes as attempts. */
    @Test
    void eachThatRunsOutOfTimeInAHandshakeOfItsOwnIsAFailure() throws IOException {
        Call.Factory calls = calls("catalog", List.of(Protocol.HTTP_1_1), CALLS);

        List<CompletableFuture<String>> started = start(calls, CALLS);
        await().until(() -> begun.get() == CALLS);
        runOutOfTime(started);

        assertThat(outcomes).hasSize(CALLS).allMatch(outcome -> outcome.error() == TransportError.TIMEOUT);
        assertThat(ejections).containsExactly(EjectionReason.CONSECUTIVE_FAILURES);
    }

    @Test
    void aHandshakeThatNeverEndsIsAFailureEachSecond() throws IOException {
        Call.Factory calls = calls("catalog", HTTP_2, 3);

        runOutOfTime(startAndWait(calls));
        clock.advance(SECOND);
        runOutOfTime(startAndWait(calls));
        assertThat(ejections).isEmpty();
        clock.advance(SECOND);
        runOutOfTime(startAndWait(calls));

        assertThat(ejections).containsExactly(EjectionReason.CONSECUTIVE_FAILURES);
    }

    @Test
    void eachHandshakeThatFailsIsAFailure() throws IOException {
        domain.add("default", "reviews");
        Call.Factory calls = calls("reviews", HTTP_2, 2);

        List<CompletableFuture<String>> first = startAndWait(calls);
        door.open();
        await().until(() -> first.stream().allMatch(CompletableFuture::isCompletedExceptionally));
        assertThat(outcomes).hasSize(CALLS).containsOnly(Outcome.failed(TransportError.TLS, Processed.NO));
        assertThat(ejections).isEmpty();
        CompletableFuture<String> next = start(get(calls));
        await().until(next::isCompletedExceptionally);

        assertThat(door.passed()).isEqualTo(2);
        assertThat(ejections).containsExactly(EjectionReason.CONSECUTIVE_FAILURES);
    }

    @Test
    void aTrialThatWaitsForWhatOthersHaveBeenHeldForFails() throws IOException {
        Call.Factory calls = calls("catalog", HTTP_2, 1);
        runOutOfTime(startAndWait(calls));
        clock.advance(ATTEMPT); // until the trial is due
        CompletableFuture<String> trial = start(get(calls));
        FirstContactTest.awaitWaiting(1);

        runOutOfTime(List.of(trial));

        assertThat(ejections).containsExactly(EjectionReason.CONSECUTIVE_FAILURES, EjectionReason.PROBE_FAILED);
    }

    @Test
    void whoIsCancelledIsNotTheOneThatCounts() throws IOException {
        Call.Factory calls = calls("catalog", HTTP_2, 1);
        Call first = get(calls);
        CompletableFuture<String> given = start(first);
        FirstContactTest.awaitWaiting(1);
        List<CompletableFuture<String>> others = start(calls, 2);
        FirstContactTest.awaitWaiting(3);

        first.cancel();
        await().until(given::isCompletedExceptionally);
        assertThat(ejections).isEmpty();
        runOutOfTime(others);

        assertThat(ejections).containsExactly(EjectionReason.CONSECUTIVE_FAILURES);
    }
}
