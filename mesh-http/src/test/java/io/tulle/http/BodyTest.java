package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A response is load on its endpoint until its body is over, whichever way. */
@Timeout(30)
class BodyTest {
    private static final int LENGTH = 2_000_000; // more than sockets buffer

    private final MockWebServer server = new MockWebServer();
    private final TestMesh mesh = new TestMesh();

    @BeforeEach
    void start() throws IOException {
        server.start();
        mesh.catalogAt(server.getPort());
    }

    @AfterEach
    void stop() {
        mesh.close();
        server.close();
    }

    @Test
    void releasesAtTheLastByteOfAKnownLength() throws Exception {
        server.enqueue(new MockResponse.Builder().body("x".repeat(LENGTH)).build());

        Response response = mesh.get("http://catalog/").execute();
        assertThat(mesh.inFlight()).isEqualTo(1);
        response.body().source().skip(LENGTH);

        assertThat(mesh.inFlight()).isZero();
        response.close();
        assertThat(mesh.outcomes).containsExactly(new Outcome(null, Processed.YES, LENGTH, false));
    }

    @Test
    void releasesAtTheEndOfAChunkedBody() throws Exception {
        server.enqueue(
                new MockResponse.Builder().chunkedBody("x".repeat(100), 10).build());

        Response response = mesh.get("http://catalog/").execute();
        assertThat(mesh.inFlight()).isEqualTo(1);
        assertThat(response.body().byteStream().readAllBytes()).hasSize(100);

        assertThat(mesh.inFlight()).isZero();
        response.close();
    }

    @Test
    void releasesOnEarlyCloseWhichIsNoFailure() throws Exception {
        server.enqueue(new MockResponse.Builder().body("x".repeat(LENGTH)).build());

        Response response = mesh.get("http://catalog/").execute();
        response.close();
        response.close();

        assertThat(mesh.inFlight()).isZero();
        assertThat(mesh.verdicts).containsExactly("SUCCESS");
    }

    @Test
    void releasesWhenReadingFails() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(LENGTH))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());

        Response response = mesh.get("http://catalog/").execute();
        assertThatThrownBy(() -> response.body().bytes()).isInstanceOf(IOException.class);

        assertThat(mesh.inFlight()).isZero();
        assertThat(mesh.outcomes)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.error()).isIn(TransportError.EOF, TransportError.RESET));
        assertThat(mesh.verdicts).containsExactly("FAILED_RESPONSE");
        response.close();
    }

    @Test
    void readsAShortBodyBeforeItReturns() throws Exception {
        server.enqueue(new MockResponse.Builder().body("short").build());

        Response response = mesh.get("http://catalog/").execute();
        assertThat(mesh.inFlight()).isZero();

        assertThat(mesh.outcomes).containsExactly(new Outcome(null, Processed.YES, 5, false));
        assertThat(response.body().string()).isEqualTo("short");
    }

    @Test
    void tellsTheReaderOfAShortBodyThatIsCut() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(1000))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());

        Response response = mesh.get("http://catalog/").execute();
        assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);

        assertThat(mesh.inFlight()).isZero();
        assertThat(mesh.verdicts).containsExactly("FAILED_RESPONSE");
    }

    @Test
    void tellsTheReaderOfAShortBodyThatTheDeadlineCut() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(1000))
                .throttleBody(100, 100, TimeUnit.MILLISECONDS)
                .build());

        Response response = mesh.call(deadline(300)).execute();
        assertThatThrownBy(() -> response.body().string())
                .isInstanceOf(MeshIOException.class)
                .hasMessageContaining("deadline");

        mesh.awaitVerdicts("DEADLINE_EXCEEDED");
    }

    @Test
    void releasesWhenTheDeadlineCutsABodyThatIsRead() throws Exception {
        server.enqueue(slow());
        Response response = mesh.call(deadline(200)).execute();

        assertThatThrownBy(() -> response.body().bytes())
                .isInstanceOfSatisfying(
                        MeshIOException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.DEADLINE_EXCEEDED))
                .hasMessageContaining("deadline has passed while the body was read");

        mesh.awaitVerdicts("DEADLINE_EXCEEDED");
        response.close();
    }

    @Test
    void releasesWhenTheDeadlineCutsABodyThatNobodyReads() throws Exception {
        server.enqueue(slow());
        Response response = mesh.call(deadline(100)).execute();

        mesh.awaitVerdicts("DEADLINE_EXCEEDED");
        assertThat(mesh.outcomes).extracting(Outcome::error).containsExactly(TransportError.TIMEOUT);
        response.close();
    }

    @Test
    void releasesWhenAnotherThreadCancelsTheBody() throws Exception {
        server.enqueue(slow());
        Call call = mesh.get("http://catalog/");
        Response response = call.execute();
        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(call::cancel);

        assertThatThrownBy(() -> response.body().bytes()).isInstanceOf(IOException.class);

        assertThat(call.isCanceled()).isTrue();
        mesh.awaitVerdicts("CANCELLED");
        response.close();
    }

    @Test
    void anInterruptOfTheReaderIsNoFailureOfTheEndpoint() throws Exception {
        server.enqueue(new MockResponse.Builder().body("x".repeat(LENGTH)).build());
        Response response = mesh.get("http://catalog/").execute();

        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> response.body().bytes()).isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(mesh.outcomes).extracting(Outcome::error).containsExactly(TransportError.CANCELLED);
        mesh.awaitVerdicts("CANCELLED");
        response.close();
    }

    @Test
    void aDeadlineThatTheReaderSetsIsNoFailureOfTheEndpoint() throws Exception {
        server.enqueue(slow());
        Response response = mesh.get("http://catalog/").execute();
        response.body().source().timeout().deadline(50, TimeUnit.MILLISECONDS);

        assertThatThrownBy(() -> response.body().bytes()).isInstanceOf(InterruptedIOException.class);

        assertThat(mesh.outcomes).extracting(Outcome::error).containsExactly(TransportError.CANCELLED);
        mesh.awaitVerdicts("CANCELLED");
        response.close();
    }

    @Test
    void aReadTimeoutThatTheEndpointLetsPassIsItsFailure() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(10_000))
                .throttleBody(100, 5, TimeUnit.SECONDS)
                .build());
        mesh.client(
                new OkHttpClient.Builder().readTimeout(Duration.ofMillis(200)).build());
        Response response = mesh.get("http://catalog/").execute();

        assertThatThrownBy(() -> response.body().bytes()).isInstanceOf(SocketTimeoutException.class);

        assertThat(mesh.outcomes).extracting(Outcome::error).containsExactly(TransportError.TIMEOUT);
        response.close();
    }

    @Test
    void releasesAResponseThatWasForgotten() throws Exception {
        server.enqueue(slow());
        forget();
        assertThat(mesh.inFlight()).isEqualTo(1);

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return mesh.inFlight() == 0;
        });

        assertThat(mesh.outcomes).extracting(Outcome::error).containsExactly(TransportError.LEAKED);
    }

    @Test
    void keepsAResponseOfWhichOnlyTheStreamIsHeld() throws Exception {
        server.enqueue(slow());
        BufferedSource source = mesh.get("http://catalog/").execute().body().source();

        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        assertThat(source.readByte()).isEqualTo((byte) 'x');

        assertThat(mesh.outcomes).isEmpty();
        source.close();
        assertThat(mesh.inFlight()).isZero();
    }

    @SuppressWarnings("resource") // that is the point
    private void forget() throws IOException {
        mesh.get("http://catalog/").execute();
    }

    private static MockResponse slow() {
        return new MockResponse.Builder()
                .body("x".repeat(10_000))
                .throttleBody(100, 100, TimeUnit.MILLISECONDS)
                .build();
    }

    private static Request deadline(long millis) {
        return new Request.Builder()
                .url("http://catalog/")
                .tag(MeshCallOptions.class, MeshCallOptions.DEFAULT.withDeadline(Duration.ofMillis(millis)))
                .build();
    }
}
