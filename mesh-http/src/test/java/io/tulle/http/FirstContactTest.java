package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TlsMode;
import io.tulle.client.Mesh;
import io.tulle.client.tls.MeshIdentity;
import io.tulle.testing.FixedSource;
import io.tulle.testing.TestTrustDomain;
import io.tulle.testing.sockets.Wire;
import io.tulle.testing.wire.WireServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls to an endpoint that speaks mutual TLS and HTTP/2, while there is no connection to it. */
@Timeout(60)
class FirstContactTest implements MeshListener {
    private static final int CALLS = 30;
    private static final Duration ATTEMPT = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HeldDoor door = new HeldDoor();
    private final MockWebServer server = new MockWebServer();
    private final List<AutoCloseable> closing = new ArrayList<>();
    private final List<CompletableFuture<Protocol>> unasked = new CopyOnWriteArrayList<>();
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @TempDir
    private Path folder;

    private TestTrustDomain domain;

    @BeforeEach
    void start() throws IOException {
        domain = new TestTrustDomain(folder, "example.org");
        server.setServerSocketFactory(door);
        server.useHttps(closing(MeshIdentity.of(domain.add("default", "catalog"), MeshListener.NONE))
                .server()
                .getSocketFactory());
        server.setDispatcher(answering(new MockResponse.Builder().body("seven").build()));
        server.start();
        closing(server);
        closing(callers::shutdown);
    }

    @AfterEach
    void stop() throws Exception {
        door.open();
        for (AutoCloseable each : closing) {
            each.close();
        }
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        outcomes.add(Objects.requireNonNull(attempt.outcome()));
    }

    private <T extends AutoCloseable> T closing(T one) {
        closing.add(0, one);
        return one;
    }

    private static Dispatcher answering(MockResponse response) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return response;
            }
        };
    }

    private OkHttpClient.Builder client() {
        okhttp3.Dispatcher dispatcher = new okhttp3.Dispatcher();
        closing(() -> dispatcher.executorService().shutdown());
        return new OkHttpClient.Builder().dispatcher(dispatcher);
    }

    private Mesh mesh(int port, int attempts, Duration attemptTimeout) throws IOException {
        Route.Rule rule = Route.Rule.builder()
                .timeout(LONG)
                .retry(Route.Retry.builder()
                        .attempts(attempts)
                        .attemptTimeout(attemptTimeout)
                        .backoff(Duration.ofMillis(1), Duration.ofMillis(1))
                        .build())
                .build();
        Metadata catalog = Metadata.of("default", "catalog");
        Instance.Spec spec = Instance.Spec.of("catalog", "", "127.0.0.1", port);
        return closing(Mesh.builder()
                .service("storefront")
                .tls(domain.add("default", "storefront"))
                .source(new FixedSource(List.of(
                        Service.of("default", "catalog", Service.Spec.DEFAULT),
                        new Route(catalog, new Route.Spec("catalog", List.of(rule), Route.RetryBudget.DEFAULT)),
                        new Instance(Metadata.of("default", "catalog-1"), spec.withTls(TlsMode.MUTUAL)))))
                .listener(this)
                .build());
    }

    /** Calls of one attempt, which has as long as it wants. */
    private Call.Factory patient(OkHttpClient client) throws IOException {
        return MeshCalls.of(mesh(server.getPort(), 1, LONG), client);
    }

    private static Call get(Call.Factory calls) {
        return calls.newCall(new Request.Builder().url("http://catalog/").build());
    }

    enum Style {
        EXECUTE {
            @Override
            CompletableFuture<Protocol> start(Call call, ExecutorService callers) {
                CompletableFuture<Protocol> answer = new CompletableFuture<>();
                callers.execute(() -> {
                    try (Response response = call.execute()) {
                        answer.complete(response.protocol());
                    } catch (IOException e) {
                        answer.completeExceptionally(e);
                    }
                });
                return answer;
            }
        },
        ENQUEUE {
            @Override
            CompletableFuture<Protocol> start(Call call, ExecutorService callers) {
                CompletableFuture<Protocol> answer = new CompletableFuture<>();
                call.enqueue(new Callback() {
                    @Override
                    public void onResponse(Call of, Response response) {
                        response.close();
                        answer.complete(response.protocol());
                    }

                    @Override
                    public void onFailure(Call of, IOException e) {
                        answer.completeExceptionally(e);
                    }
                });
                return answer;
            }
        };

        abstract CompletableFuture<Protocol> start(Call call, ExecutorService callers);
    }

    private List<CompletableFuture<Protocol>> start(Style style, Call.Factory calls) {
        return IntStream.range(0, CALLS)
                .mapToObj(i -> style.start(get(calls), callers))
                .toList();
    }

    private static void answered(List<CompletableFuture<Protocol>> calls, Protocol protocol) {
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo(protocol));
    }

    /** Who waits for a connection, by the threads that stand there. */
    private static long waiting() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> List.of(stack).stream()
                        .anyMatch(frame -> frame.getClassName().equals(FirstContact.class.getName())
                                && frame.getMethodName().equals("await")))
                .count();
    }

    static void awaitWaiting(int calls) {
        await().until(() -> waiting() == calls);
    }

    @ParameterizedTest
    @EnumSource
    void manyCallsMakeOneConnection(Style style) throws IOException {
        Call.Factory calls = patient(client().build());
        door.shut();

        List<CompletableFuture<Protocol>> started = start(style, calls);
        awaitWaiting(CALLS);
        door.open();

        answered(started, Protocol.HTTP_2);
        assertThat(door.passed()).isEqualTo(1);
        assertThat(outcomes).hasSize(CALLS).allMatch(outcome -> !outcome.connectionReused());
        answered(start(style, calls), Protocol.HTTP_2);
        assertThat(door.passed()).isEqualTo(1);
        assertThat(server.getRequestCount()).isEqualTo(2 * CALLS);
    }

    @ParameterizedTest
    @EnumSource
    void aHandshakeOutlivesTheAttemptsThatWaitForIt(Style style) throws IOException {
        Call.Factory calls = MeshCalls.of(
                mesh(server.getPort(), 10, ATTEMPT),
                client().connectTimeout(LONG).build());
        door.shut();

        CompletableFuture<Protocol> answer = style.start(get(calls), callers);
        await().until(() -> outcomes.size() >= 2);
        door.open();

        assertThat(answer.join()).isEqualTo(Protocol.HTTP_2);
        assertThat(door.passed()).isEqualTo(1);
        assertThat(outcomes.get(0)).isEqualTo(new Outcome(TransportError.TIMEOUT, Processed.NO, 0, false));
    }

    @ParameterizedTest
    @EnumSource
    void cancellingAWaitEndsItAndNotTheHandshake(Style style) throws IOException {
        Call.Factory calls = patient(client().connectTimeout(LONG).build());
        door.shut();
        Call given = get(calls);
        CompletableFuture<Protocol> up = style.start(given, callers);
        awaitWaiting(1);
        CompletableFuture<Protocol> other = style.start(get(calls), callers);
        awaitWaiting(2);

        given.cancel();

        assertThatThrownBy(up::join).cause().isInstanceOf(IOException.class);
        assertThat(other).isNotDone();
        door.open();
        assertThat(other.join()).isEqualTo(Protocol.HTTP_2);
        assertThat(door.passed()).isEqualTo(1);
        assertThat(outcomes.get(0)).isEqualTo(new Outcome(TransportError.CANCELLED, Processed.NO, 0, false));
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        Call.Factory calls = patient(client().connectTimeout(LONG).build());
        door.shut();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                get(calls).execute().close();
            } catch (IOException e) {
                thrown.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError(e));
            }
        });
        caller.start();
        awaitWaiting(1);

        caller.interrupt();

        assertThat(thrown.join()).isInstanceOf(InterruptedIOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aFailureReachesAllWhoWaitAndTheNextCallTriesAnew(Style style) throws Exception {
        domain.add("default", "reviews");
        try (MeshIdentity reviews = MeshIdentity.of(domain.add("default", "reviews"), MeshListener.NONE);
                MockWebServer other = new MockWebServer()) {
            other.setServerSocketFactory(door);
            other.useHttps(reviews.server().getSocketFactory());
            other.start();
            Call.Factory calls = MeshCalls.of(mesh(other.getPort(), 1, LONG), client().build());
            door.shut();

            List<CompletableFuture<Protocol>> started = start(style, calls);
            awaitWaiting(CALLS);
            door.open();

            Set<Throwable> causes = ConcurrentHashMap.newKeySet();
            assertThat(started)
                    .allSatisfy(call -> assertThatThrownBy(call::join)
                            .cause()
                            .isInstanceOf(MeshIOException.class)
                            .cause()
                            .isInstanceOf(SSLException.class)
                            .hasMessageStartingWith(
                                    "default/catalog/catalog-1 (127.0.0.1:" + other.getPort() + "): mutual TLS failed:")
                            .hasMessageContaining("the peer is spiffe://example.org/ns/default/svc/reviews")
                            .satisfies(cause -> assertThat(causes.add(cause)).isTrue()));
            assertThat(outcomes).hasSize(CALLS).containsOnly(new Outcome(TransportError.TLS, Processed.NO, 0, false));
            assertThat(door.passed()).isEqualTo(1);
            assertThatThrownBy(() -> get(calls).execute()).isInstanceOf(MeshIOException.class);
            assertThat(door.passed()).isEqualTo(2);
        }
    }

    @Test
    void aHandshakeThatTakesLongerThanConnectingMayFails() throws IOException {
        Call.Factory calls = patient(client().connectTimeout(ATTEMPT).build());
        door.shut();

        assertThatThrownBy(() -> get(calls).execute()).isInstanceOf(MeshIOException.class);

        assertThat(outcomes).containsExactly(new Outcome(TransportError.TLS, Processed.NO, 0, false));
    }

    @Test
    void isBoundedAsAWholeWhateverTheConnectTimeout() {
        assertThat(Contact.wholeMillis(1_000)).isEqualTo(10_000);
        assertThat(Contact.wholeMillis(0)).isEqualTo(10_000);
        assertThat(Contact.wholeMillis(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whatTheApplicationsDnsThrowsReachesTheCallerAndNoHandlerOfThreads() throws IOException {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        Call.Factory calls = patient(client().dns(host -> {
                    threads.add(Thread.currentThread());
                    throw new IllegalStateException("no names today");
                })
                .build());

        assertThatThrownBy(() -> get(calls).execute())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no names today");

        assertThat(threads).extracting(Thread::getName).first().isEqualTo("tulle-connect");
        assertThat(threads).last().isSameAs(Thread.currentThread());
    }

    @Test
    void aRefusedConnectionSaysSo() throws IOException {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        Call.Factory calls = MeshCalls.of(mesh(nobody, 1, LONG), client().build());

        assertThatThrownBy(() -> get(calls).execute()).cause().hasMessage("Connection refused");

        assertThat(outcomes).containsExactly(new Outcome(TransportError.CONNECT, Processed.NO, 0, false));
    }

    @ParameterizedTest
    @EnumSource
    void whereTheServerChoosesHttp1EachCallConnects(Style style) throws IOException {
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        Call.Factory calls = patient(client().connectTimeout(LONG).build());
        door.shut();

        List<CompletableFuture<Protocol>> started = start(style, calls);
        awaitWaiting(CALLS);
        door.open();

        answered(started, Protocol.HTTP_1_1);
        int connections = door.passed();
        assertThat(connections).isLessThanOrEqualTo(CALLS + 1);
        answered(List.of(style.start(get(calls), callers)), Protocol.HTTP_1_1);
        assertThat(door.passed()).isLessThanOrEqualTo(CALLS + 2);
    }

    @ParameterizedTest
    @EnumSource
    void afterTheServerHasClosedItThereIsOneAgain(Style style) throws Exception {
        Call.Factory calls = patient(client().connectTimeout(LONG).build());
        answered(List.of(style.start(get(calls), callers)), Protocol.HTTP_2);
        door.throwOut();
        door.shut();
        await().until(
                        () -> { // until the client knows, calls fail on the old connection
                            unasked.add(style.start(get(calls), callers));
                            return waiting() >= 3;
                        });
        door.open();

        await().until(() -> waiting() == 0);
        answered(start(style, calls), Protocol.HTTP_2);
        assertThat(door.passed()).isEqualTo(2);
    }

    @Test
    void whatTheServerHasChosenIsForgottenWhenItChoosesHttp2() throws Exception {
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        Call.Factory calls = patient(client().connectTimeout(LONG).build());
        answered(List.of(Style.EXECUTE.start(get(calls), callers)), Protocol.HTTP_1_1);
        server.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
        door.throwOut();
        await().until(() -> Style.EXECUTE
                .start(get(calls), callers)
                .handle((protocol, e) -> protocol == Protocol.HTTP_2)
                .join());

        door.throwOut();
        door.shut();

        await().until(() -> {
            unasked.add(Style.EXECUTE.start(get(calls), callers));
            return waiting() >= 3;
        });
    }

    @Test
    void withoutTlsTheySharePriorKnowledge() throws IOException {
        try (WireServer plain = WireServer.start(WireServer.Speaks.HTTP2).answers(Wire.HTTP2.ok());
                TestMesh mesh = new TestMesh().client(OkHttpSockets.client(Wire.HTTP2))) {
            mesh.catalogAt(plain.port());

            answered(start(Style.EXECUTE, mesh::call), Protocol.H2_PRIOR_KNOWLEDGE);

            assertThat(plain.connections()).isEqualTo(1);
        }
    }

    /** All of its threads wait for the connection, so none is left to make it. */
    @Test
    void theApplicationsExecutorMayHaveOneThread() throws IOException {
        ExecutorService one = Executors.newSingleThreadExecutor();
        closing(one::shutdown);
        OkHttpClient client = new OkHttpClient.Builder()
                .dispatcher(new okhttp3.Dispatcher(one))
                .build();

        answered(start(Style.ENQUEUE, patient(client)), Protocol.HTTP_2);

        assertThat(door.passed()).isEqualTo(1);
    }

    @Test
    void whatWasWaitedForIsTheConnectionsTimeAndTheApplicationSeesNoOtherCall() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        OkHttpClient client = client().eventListenerFactory(call -> new Events(seen))
                .addNetworkInterceptor(chain -> {
                    seen.add("network interceptor");
                    return chain.proceed(chain.request());
                })
                .build();

        get(patient(client)).execute().close();

        assertThat(seen).containsExactly("callStart", "connectionAcquired", "network interceptor");
    }

    @Test
    void closingTheMeshClosesWhatIsBeingMadeAndWhoWaitsGoesOn() throws IOException {
        Mesh mesh = mesh(server.getPort(), 1, LONG);
        Call.Factory calls = MeshCalls.of(mesh, client().connectTimeout(LONG).build());
        door.shut();
        CompletableFuture<Protocol> answer = Style.EXECUTE.start(get(calls), callers);
        awaitWaiting(1);

        mesh.close();
        awaitWaiting(0);
        door.open();

        assertThat(answer.join()).isEqualTo(Protocol.HTTP_2);
        assertThat(door.passed()).isEqualTo(2);
    }

    private static final class Events extends EventListener {
        private final List<String> seen;

        Events(List<String> seen) {
            this.seen = seen;
        }

        @Override
        public void callStart(Call call) {
            seen.add("callStart");
        }

        @Override
        public void connectStart(Call call, java.net.InetSocketAddress address, java.net.Proxy proxy) {
            seen.add("connectStart");
        }

        @Override
        public void connectionAcquired(Call call, okhttp3.Connection connection) {
            seen.add("connectionAcquired");
        }
    }
}
