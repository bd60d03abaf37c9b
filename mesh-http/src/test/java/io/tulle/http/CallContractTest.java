package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Stage;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.resource.Route;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class CallContractTest {
    private final MockWebServer server = new MockWebServer();
    private final TestMesh mesh = new TestMesh(TestMesh.route(Route.Rule.builder()
            .retry(Route.Retry.builder()
                    .attempts(3)
                    .attemptTimeout(Duration.ofMillis(700))
                    .build())));

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
    void attemptTimeoutBoundsAnAttemptUntilItsHeadAndNoLonger() throws Exception {
        server.enqueue(swallow());
        server.enqueue(new MockResponse.Builder()
                .body("fine")
                .bodyDelay(1, TimeUnit.SECONDS)
                .build());

        try (Response response = mesh.get("http://catalog/").execute()) {
            assertThat(response.body().string()).isEqualTo("fine");
        }

        assertThat(mesh.outcomes).extracting(outcome -> outcome.error()).containsExactly(TransportError.TIMEOUT, null);
        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void deadlineEndsACallThatIsSwallowed() {
        server.enqueue(swallow());
        Request request = new Request.Builder()
                .url("http://catalog/")
                .tag(MeshCallOptions.class, MeshCallOptions.DEFAULT.withDeadline(Duration.ofMillis(100)))
                .build();

        assertThatThrownBy(() -> mesh.call(request).execute())
                .isInstanceOfSatisfying(MeshIOException.class, e -> {
                    assertThat(e.verdict()).isEqualTo(Verdict.DEADLINE_EXCEEDED);
                    assertThat(e.stage()).isEqualTo(Stage.DEADLINE);
                })
                .hasMessageContaining("deadline has passed");
        mesh.awaitVerdicts("DEADLINE_EXCEEDED");
    }

    static Stream<Consumer<okio.Timeout>> timeouts() {
        return Stream.of(
                timeout -> timeout.timeout(100, TimeUnit.MILLISECONDS),
                timeout -> timeout.deadline(100, TimeUnit.MILLISECONDS),
                timeout -> timeout.timeout(1, TimeUnit.MINUTES).deadline(100, TimeUnit.MILLISECONDS),
                timeout -> timeout.timeout(100, TimeUnit.MILLISECONDS).deadline(1, TimeUnit.MINUTES));
    }

    @ParameterizedTest
    @MethodSource("timeouts")
    void theCallsTimeoutIsItsDeadline(Consumer<okio.Timeout> set) {
        server.enqueue(swallow());
        Call call = mesh.get("http://catalog/");
        set.accept(call.timeout());

        assertThatThrownBy(call::execute).isInstanceOf(MeshIOException.class).hasMessageContaining("deadline");
        mesh.awaitVerdicts("DEADLINE_EXCEEDED");
    }

    @Test
    void cancelFromAnotherThreadEndsAWaitingCall() {
        server.enqueue(swallow());
        Call call = mesh.get("http://catalog/");
        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(call::cancel);

        assertThatThrownBy(call::execute)
                .isInstanceOfSatisfying(
                        MeshIOException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.CANCELLED));
        mesh.awaitVerdicts("CANCELLED");
    }

    @Test
    void cancelBeforeExecuteSendsNothing() {
        Call call = mesh.get("http://catalog/");
        call.cancel();

        assertThatThrownBy(call::execute).isInstanceOf(IOException.class).hasMessage("Canceled");
        assertThat(server.getRequestCount()).isZero();
        assertThat(mesh.verdicts).isEmpty();
    }

    @Test
    void interruptDuringBackOffCancelsTheCall() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "5")
                .build());
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            try {
                mesh.get("http://catalog/").execute().close();
            } catch (IOException e) {
                thrown.set(e);
                stillInterrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        await().until(() -> mesh.outcomes.size() == 1);

        caller.interrupt();
        caller.join(2000);

        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class).hasMessage("interrupted");
        assertThat(stillInterrupted).isTrue();
        assertThat(mesh.verdicts).containsExactly("CANCELLED");
    }

    @Test
    void isExecutedOnceAndClonedAfresh() throws Exception {
        server.enqueue(new MockResponse.Builder().build());
        server.enqueue(new MockResponse.Builder().build());
        Call call = mesh.get("http://catalog/");
        assertThat(call.isExecuted()).isFalse();

        call.execute().close();

        assertThat(call.isExecuted()).isTrue();
        assertThatThrownBy(call::execute).isInstanceOf(IllegalStateException.class);
        Call clone = call.clone();
        assertThat(clone.isExecuted()).isFalse();
        clone.execute().close();
    }

    @Test
    void keepsTags() {
        Request request = new Request.Builder()
                .url("http://catalog/")
                .tag(String.class, "a tag")
                .build();

        assertThat(mesh.call(request).tag(String.class)).isEqualTo("a tag");
    }

    @Test
    void enqueueAnswersOnAnotherThreadWithThisCall() throws Exception {
        server.enqueue(new MockResponse.Builder().body("later").build());
        Call call = mesh.get("http://catalog/");

        assertThat(enqueue(call).get(10, TimeUnit.SECONDS)).isEqualTo("later");
        assertThat(mesh.inFlight()).isZero();
        assertThatThrownBy(call::execute).isInstanceOf(IllegalStateException.class);
    }

    /** At a service without attempt timeout: on a slow machine others may have been tried before this one is cancelled. */
    @Test
    void enqueueTellsFailuresAndIsCancelled() {
        mesh.reviewsAt(server.getPort());
        server.enqueue(swallow());
        Call call = mesh.get("http://reviews/");
        CompletableFuture<String> answer = enqueue(call);
        await().until(() -> server.getRequestCount() == 1);

        call.cancel();

        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IOException.class);
        mesh.awaitVerdicts("CANCELLED");
    }

    @Test
    void runtimeExceptionOfAnInterceptorLeavesNoLoad() {
        mesh.client(new OkHttpClient.Builder()
                .addNetworkInterceptor(chain -> {
                    throw new IllegalArgumentException("mine");
                })
                .build());

        assertThatThrownBy(() -> mesh.get("http://catalog/").execute()).isInstanceOf(IllegalArgumentException.class);

        assertThat(mesh.inFlight()).isZero();
        assertThat(mesh.verdicts).containsExactly("CANCELLED");
    }

    private static CompletableFuture<String> enqueue(Call call) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call answered, Response response) throws IOException {
                assertThat(answered).isSameAs(call);
                answer.complete(response.body().string());
            }
        });
        return answer;
    }

    private static MockResponse swallow() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
    }
}
