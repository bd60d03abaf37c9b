package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Stage;
import io.tulle.api.call.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An enqueued call that is given up, or whose deadline passes, in each of its phases. The dispatcher allows one attempt at a time. */
@Timeout(30)
class EnqueueCancelTest {
    private final MockWebServer server = new MockWebServer();
    private final TestMesh mesh = new TestMesh();

    @BeforeEach
    void start() throws IOException {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(1);
        mesh.client(new OkHttpClient.Builder().dispatcher(dispatcher).build());
        server.start();
        mesh.catalogAt(server.getPort());
    }

    @AfterEach
    void stop() {
        mesh.close();
        server.close();
    }

    @Test
    void beforeItIsEnqueued() {
        Call call = mesh.get("http://catalog/");
        call.cancel();

        Answer answer = Answer.of(call);

        assertThatThrownBy(answer::response).isInstanceOf(IOException.class).hasMessage("Canceled");
        assertThat(server.getRequestCount()).isZero();
        assertThat(mesh.verdicts).isEmpty();
    }

    @Test
    void whileItWaitsForItsTurn() {
        Call first = mesh.get("http://catalog/");
        Answer busy = stall(first);
        Call second = mesh.get("http://catalog/");
        Answer waiting = Answer.of(second);

        second.cancel();

        assertThatThrownBy(waiting::response).hasMessage("Canceled");
        assertThat(busy.told()).isFalse();
        first.cancel();
        assertThatThrownBy(busy::response).isInstanceOf(MeshIOException.class);
        mesh.awaitVerdicts("CANCELLED"); // of the first; the other never was a call to the machine
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void theDeadlinePassesWhileItWaitsForItsTurn() throws Exception {
        Call first = mesh.get("http://catalog/");
        Answer busy = stall(first);

        Answer waiting = Answer.of(mesh.call(deadline(50)));

        assertThatThrownBy(waiting::response).isInstanceOfSatisfying(MeshIOException.class, e -> {
            assertThat(e.verdict()).isEqualTo(Verdict.DEADLINE_EXCEEDED);
            assertThat(e.stage()).isEqualTo(Stage.DEADLINE);
            assertThat(e).hasMessageContaining("default/catalog: the deadline has passed before this request was sent");
        });
        await().until(() -> mesh.verdicts.equals(List.of("DEADLINE_EXCEEDED"))); // it is booked like any other
        first.cancel();
        assertThatThrownBy(busy::response).isInstanceOf(MeshIOException.class);
        server.enqueue(new MockResponse.Builder().body("fine").build());
        assertThat(Answer.of(mesh.get("http://catalog/")).text()).isEqualTo("fine");
    }

    @Test
    void whileItsRequestIsOut() {
        Call call = mesh.get("http://catalog/");
        Answer answer = stall(call);

        call.cancel();

        assertThatThrownBy(answer::response)
                .isInstanceOfSatisfying(
                        MeshIOException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.CANCELLED));
        mesh.awaitVerdicts("CANCELLED");
    }

    @Test
    void theDeadlinePassesWhileItsRequestIsOut() {
        server.enqueue(stalled());

        Answer answer = Answer.of(mesh.call(deadline(100)));

        assertThatThrownBy(answer::response)
                .isInstanceOfSatisfying(
                        MeshIOException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.DEADLINE_EXCEEDED));
        mesh.awaitVerdicts("DEADLINE_EXCEEDED");
    }

    @Test
    void theCallsTimeoutIsItsDeadline() {
        server.enqueue(stalled());
        Call call = mesh.get("http://catalog/");
        call.timeout().timeout(100, TimeUnit.MILLISECONDS);

        Answer answer = Answer.of(call);

        assertThatThrownBy(answer::response).isInstanceOf(MeshIOException.class).hasMessageContaining("deadline");
    }

    @Test
    void duringABackOff() {
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "5")
                .build());
        Call call = mesh.get("http://catalog/");
        Answer answer = Answer.of(call);
        await().until(() -> mesh.outcomes.size() == 1);

        call.cancel();

        assertThatThrownBy(answer::response)
                .isInstanceOfSatisfying(
                        MeshIOException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.CANCELLED));
        mesh.awaitVerdicts("CANCELLED");
        assertThat(answer.times()).isEqualTo(1);
    }

    @Test
    void whileItsBodyIsRead() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(100_000))
                .throttleBody(1_000, 100, TimeUnit.MILLISECONDS)
                .build());
        Call call = mesh.get("http://catalog/");
        Answer answer = Answer.of(call);
        try (Response response = answer.response()) {
            response.body().source().readByte();

            call.cancel();

            assertThatThrownBy(() -> response.body().bytes()).isInstanceOf(IOException.class);
        }
        mesh.awaitVerdicts("CANCELLED");
        assertThat(answer.times()).isEqualTo(1);
    }

    @Test
    void afterItsEndNothingHappens() throws Exception {
        server.enqueue(new MockResponse.Builder().body("fine").build());
        Call call = mesh.get("http://catalog/");
        Answer answer = Answer.of(call);
        assertThat(answer.text()).isEqualTo("fine");

        call.cancel();

        assertThat(answer.times()).isEqualTo(1);
        mesh.awaitVerdicts("SUCCESS");
    }

    private Answer stall(Call call) {
        server.enqueue(stalled());
        Answer answer = Answer.of(call);
        await().until(() -> server.getRequestCount() == 1);
        return answer;
    }

    private static MockResponse stalled() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
    }

    private static Request deadline(long millis) {
        return new Request.Builder()
                .url("http://catalog/")
                .tag(MeshCallOptions.class, MeshCallOptions.DEFAULT.withDeadline(Duration.ofMillis(millis)))
                .build();
    }
}
