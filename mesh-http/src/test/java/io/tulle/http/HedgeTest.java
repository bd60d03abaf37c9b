package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hedges over sockets, in both styles: the first request to the server stalls, all others are answered. */
@Timeout(30)
class HedgeTest {
    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger requests = new AtomicInteger();
    private final TestMesh mesh = new TestMesh(TestMesh.route(Route.Rule.builder()
                    .timeout(Duration.ofSeconds(10))
                    .hedge(new Route.Hedge(Duration.ofMillis(30), 2))))
            .client(new OkHttpClient());

    /** How the call is made. */
    enum Style {
        EXECUTE {
            @Override
            Response response(Call call) throws IOException {
                return call.execute();
            }
        },
        ENQUEUE {
            @Override
            Response response(Call call) throws IOException {
                return Answer.of(call).response();
            }
        };

        abstract Response response(Call call) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                boolean stalls =
                        requests.incrementAndGet() == 1 || request.getTarget().equals("/stalls");
                return stalls
                        ? new MockResponse.Builder()
                                .onResponseStart(SocketEffect.Stall.INSTANCE)
                                .build()
                        : new MockResponse.Builder().body("x".repeat(20_000)).build();
            }
        });
        server.setServerSocketFactory(new DeepBacklog());
        server.start();
        mesh.catalogAt(server.getPort());
    }

    @AfterEach
    void stop() {
        mesh.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void theFirstAnswerWinsAndTheOtherAttemptIsCancelled(Style style) throws Exception {
        try (Response response = style.response(mesh.get("http://catalog/"))) {
            assertThat(response.body().bytes()).hasSize(20_000);
        }

        mesh.awaitVerdicts("SUCCESS");
        await().until(() -> mesh.outcomes.size() == 2);
        assertThat(mesh.outcomes).extracting(Outcome::error).containsExactlyInAnyOrder(TransportError.CANCELLED, null);
        assertThat(requests).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource
    void cancellingACallCancelsAllThatIsOut(Style style) {
        Call call = mesh.get("http://catalog/stalls");
        Thread canceller = new Thread(() -> {
            await().until(() -> requests.get() == 2);
            call.cancel();
        });
        canceller.start();

        assertThatThrownBy(() -> style.response(call)).isInstanceOf(MeshIOException.class);

        mesh.awaitVerdicts("CANCELLED");
        assertThat(mesh.outcomes).hasSize(2).extracting(Outcome::error).containsOnly(TransportError.CANCELLED);
    }

    @Test
    void anInterruptOfTheWaitingCallerCancelsAllThatIsOut() {
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            await().until(() -> requests.get() == 2);
            caller.interrupt();
        });
        interrupter.start();

        assertThatThrownBy(() -> mesh.get("http://catalog/stalls").execute())
                .isInstanceOf(InterruptedIOException.class);

        assertThat(Thread.interrupted()).isTrue();
        mesh.awaitVerdicts("CANCELLED");
    }

    @Test
    void manyCallersHedgeAtTheSameTime() {
        Stream.generate(() -> Answer.of(mesh.get("http://catalog/")))
                .limit(200)
                .toList()
                .forEach(answer -> {
                    try {
                        answer.response().close();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });

        await().until(() -> mesh.verdicts.size() == 200 && mesh.inFlight() == 0);
        assertThat(mesh.verdicts).containsOnly("SUCCESS");
    }
}
