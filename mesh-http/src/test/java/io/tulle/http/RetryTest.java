package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.call.MeshHeaders;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.resource.Route;
import io.tulle.api.time.Instants;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RetryTest {
    private final MockWebServer server = new MockWebServer();
    private final TestMesh mesh = new TestMesh(TestMesh.route(Route.Rule.builder()
            .retry(Route.Retry.builder()
                    .attempts(3)
                    .backoff(Duration.ofMillis(1), Duration.ofMillis(5))
                    .build())));
    private final AtomicInteger writes = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        mesh.close();
        server.close();
    }

    @Test
    void retriesAnIdempotentCallAfter503OnTheSameConnection() throws Exception {
        mesh.catalogAt(server.getPort());
        server.enqueue(new MockResponse.Builder().code(503).body("busy").build());
        server.enqueue(new MockResponse.Builder().body("fine").build());

        try (Response response = mesh.get("http://catalog/").execute()) {
            assertThat(response.body().string()).isEqualTo("fine");
        }

        server.takeRequest();
        assertThat(server.takeRequest().getExchangeIndex()).isEqualTo(1);
        assertThat(mesh.outcomes)
                .containsExactly(
                        new Outcome(TransportError.CANCELLED, Processed.YES, 0, false),
                        new Outcome(null, Processed.YES, 4, true));
        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void doesNotRetryAPostAfter503() throws Exception {
        mesh.catalogAt(server.getPort());
        server.enqueue(new MockResponse.Builder().code(503).body("busy").build());

        try (Response response = mesh.call(post(false)).execute()) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(response.body().string()).isEqualTo("busy");
        }

        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(mesh.verdicts).containsExactly("FAILED_RESPONSE");
    }

    @Test
    void retriesAPostWithAnIdempotencyKey() throws Exception {
        mesh.catalogAt(server.getPort());
        server.enqueue(new MockResponse.Builder().code(503).build());
        server.enqueue(new MockResponse.Builder().build());

        Request keyed = post(false).newBuilder().header("Idempotency-Key", "7").build();
        try (Response response = mesh.call(keyed).execute()) {
            assertThat(response.code()).isEqualTo(200);
        }

        assertThat(writes).hasValue(2);
    }

    @Test
    void doesNotRetryWhatItsServerAsksNotToRetry() throws Exception {
        mesh.catalogAt(server.getPort());
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader(MeshHeaders.RETRY, MeshHeaders.NEVER)
                .addHeader("Retry-After", "0")
                .build());

        try (Response response = mesh.get("http://catalog/").execute()) {
            assertThat(response.code()).isEqualTo(503);
        }

        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(mesh.verdicts).containsExactly("FAILED_RESPONSE");
    }

    /** OkHttp by itself would. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "00", "0000000000"})
    void doesNotRepeatAPostBecauseItCouldBeRepeatedAtOnce(String wait) throws Exception {
        mesh.catalogAt(server.getPort());
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", wait)
                .body("busy")
                .build());

        try (Response response = mesh.call(post(false)).execute()) {
            assertThat(response.body().string()).isEqualTo("busy");
            assertThat(RetryAfter.nanos(response)).isZero();
        }

        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    /** OkHttp throws for more than an int. */
    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "9999999999", "99999999999999999999"})
    void aWaitOfManyLivesForbidsARetryAndIsAResponse(String wait) throws Exception {
        mesh.catalogAt(server.getPort());
        for (int i = 0; i < 2; i++) {
            server.enqueue(new MockResponse.Builder()
                    .code(503)
                    .addHeader("Retry-After", wait)
                    .body("busy")
                    .build());
        }

        try (Response response = mesh.get("http://catalog/").execute()) {
            assertThat(response.body().string()).isEqualTo("busy");
            assertThat(RetryAfter.nanos(response)).isEqualTo(Instants.NEVER);
        }
        assertThat(Answer.of(mesh.get("http://catalog/")).text()).isEqualTo("busy");

        mesh.awaitVerdicts("FAILED_RESPONSE", "FAILED_RESPONSE");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void sendsAPostAgainThatItsServerHasRefusedBeforeActingOnIt() throws Exception {
        mesh.catalogAt(server.getPort());
        server.enqueue(refused().build());
        server.enqueue(new MockResponse.Builder().body("fine").build());

        try (Response response = mesh.call(post(false)).execute()) {
            assertThat(response.body().string()).isEqualTo("fine");
        }

        assertThat(writes).hasValue(2);
        assertThat(mesh.verdicts).containsExactly("SUCCESS");
    }

    @Test
    void neverSendsAOneShotBodyAgainNotEvenWhenItWasRefused() throws Exception {
        mesh.catalogAt(server.getPort());
        server.enqueue(refused().build());

        try (Response response = mesh.call(post(true)).execute()) {
            assertThat(response.code()).isEqualTo(503);
        }

        assertThat(writes).hasValue(1);
    }

    @Test
    void aRefusalThatAsksNotToBeRetriedIsNot() throws Exception {
        mesh.catalogAt(server.getPort());
        server.enqueue(refused().addHeader(MeshHeaders.RETRY, MeshHeaders.NEVER).build());

        try (Response response = mesh.call(post(false)).execute()) {
            assertThat(response.code()).isEqualTo(503);
        }

        assertThat(writes).hasValue(1);
    }

    @Test
    void goesToAnotherEndpointWhenAConnectionIsRefused() throws Exception {
        mesh.catalogAt(closedPort(), server.getPort());
        for (int i = 0; i < 8; i++) {
            server.enqueue(new MockResponse.Builder().body("fine").build());
        }

        for (int i = 0; i < 8; i++) { // a POST: what was certainly not sent may be sent again
            try (Response response = mesh.call(post(true)).execute()) {
                assertThat(response.body().string()).isEqualTo("fine");
            }
        }

        assertThat(mesh.outcomes).contains(new Outcome(TransportError.CONNECT, Processed.NO, 0, false));
        assertThat(writes).hasValue(8);
    }

    @Test
    void saysWhyEveryAttemptFailed() throws Exception {
        int port = closedPort();
        mesh.catalogAt(port);

        assertThatThrownBy(() -> mesh.get("http://catalog/").execute())
                .isInstanceOfSatisfying(
                        MeshIOException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.FAILED))
                .hasMessageContaining("default/catalog")
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("CONNECT")
                .hasCauseInstanceOf(ConnectException.class);
        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void doesNotRetryAPostWhoseConnectionEnded() throws Exception {
        mesh.catalogAt(server.getPort());
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        assertThatThrownBy(() -> mesh.call(post(false)).execute()).isInstanceOf(MeshIOException.class);

        assertThat(mesh.outcomes).containsExactly(new Outcome(TransportError.EOF, Processed.MAYBE, 0, false));
        assertThat(writes).hasValue(1);
    }

    @Test
    void reportsAStaleConnectionAsEndOfFileOnAReusedOne() throws Exception {
        mesh.catalogAt(server.getPort());
        server.enqueue(new MockResponse.Builder().body("one").build());
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(new MockResponse.Builder().body("two").build());

        assertThat(mesh.get("http://catalog/").execute().body().string()).isEqualTo("one");
        assertThat(mesh.get("http://catalog/").execute().body().string()).isEqualTo("two");

        assertThat(mesh.outcomes.get(1)).isEqualTo(new Outcome(TransportError.EOF, Processed.MAYBE, 0, true));
    }

    @Test
    void neverSendsAOneShotBodyTwice() throws Exception {
        mesh.catalogAt(server.getPort());
        server.enqueue(new MockResponse.Builder().code(503).build());

        Request put = post(true).newBuilder().put(body(true)).build();
        try (Response response = mesh.call(put).execute()) {
            assertThat(response.code()).isEqualTo(503);
        }

        assertThat(writes).hasValue(1);
    }

    @Test
    void takesARefusedHttp2StreamAsNotProcessed() throws Exception {
        http2();
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseStream(7)) // REFUSED_STREAM
                .build());
        server.enqueue(new MockResponse.Builder().body("fine").build());

        try (Response response = mesh.call(post(false)).execute()) {
            assertThat(response.protocol()).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
            assertThat(response.body().string()).isEqualTo("fine");
        }

        assertThat(mesh.outcomes.get(0)).isEqualTo(new Outcome(TransportError.REFUSED, Processed.NO, 0, false));
        assertThat(server.takeRequest().getHeaders().get(":authority")).isEqualTo("catalog");
    }

    @Test
    void takesAResetHttp2StreamAsPerhapsProcessed() throws Exception {
        http2();
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseStream(2)) // INTERNAL_ERROR
                .build());

        assertThatThrownBy(() -> mesh.call(post(false)).execute()).isInstanceOf(MeshIOException.class);

        assertThat(mesh.outcomes).containsExactly(new Outcome(TransportError.RESET, Processed.MAYBE, 0, false));
    }

    @Test
    void boundsAHandshakeThatIsNotAnsweredByTheConnectTimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            mesh.client(new OkHttpClient.Builder()
                    .connectTimeout(Duration.ofMillis(200))
                    .build());
            mesh.catalogAt(silent.getLocalPort());
            Request https = new Request.Builder()
                    .url("https://catalog/")
                    .post(body(false))
                    .build();

            assertThatThrownBy(() -> mesh.call(https).execute())
                    .isInstanceOfSatisfying(
                            MeshIOException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.FAILED));
        }
        assertThat(mesh.outcomes).hasSize(3).containsOnly(new Outcome(TransportError.TLS, Processed.NO, 0, false));
        assertThat(writes).hasValue(0);
    }

    private void http2() {
        server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
        mesh.client(new OkHttpClient.Builder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .build());
        mesh.catalogAt(server.getPort());
    }

    private static MockResponse.Builder refused() {
        return new MockResponse.Builder().code(503).addHeader(MeshHeaders.REFUSED, "overloaded");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Request post(boolean oneShot) {
        return new Request.Builder().url("http://catalog/").post(body(oneShot)).build();
    }

    private RequestBody body(boolean oneShot) {
        return new RequestBody() {
            @Override
            public MediaType contentType() {
                return MediaType.get("text/plain");
            }

            @Override
            public boolean isOneShot() {
                return oneShot;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                writes.incrementAndGet();
                sink.writeUtf8("a book");
            }
        };
    }
}
