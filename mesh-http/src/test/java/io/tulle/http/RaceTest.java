package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.resource.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlines, cancellations, attempt timeouts, retries and responses that meet each other: no call hangs, and the books balance. */
class RaceTest {
    private static final int THREADS = 8;
    private static final int CALLS = 60;

    @Test
    @Timeout(60)
    void everyCallEndsOnceWhateverMeets() throws Exception {
        Route route = TestMesh.route(Route.Rule.builder()
                .retry(Route.Retry.builder()
                        .attempts(3)
                        .attemptTimeout(Duration.ofMillis(15))
                        .backoff(Duration.ofMillis(1), Duration.ofMillis(4))
                        .build()));
        try (MockWebServer server = new MockWebServer();
                TestMesh mesh = new TestMesh(route)) {
            server.setDispatcher(new Whims());
            server.start();
            mesh.catalogAt(server.getPort());
            ExecutorService callers = Executors.newFixedThreadPool(THREADS);
            try {
                List<CompletableFuture<Void>> all = IntStream.range(0, THREADS)
                        .mapToObj(seed -> CompletableFuture.runAsync(() -> calls(mesh, seed), callers))
                        .toList();
                all.forEach(CompletableFuture::join);
            } finally {
                callers.shutdownNow();
            }

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> mesh.inFlight() == 0);
            assertThat(mesh.verdicts)
                    .hasSize(mesh.started.get())
                    .contains("SUCCESS")
                    .doesNotContain("null");
        }
    }

    private static void calls(TestMesh mesh, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CALLS; i++) {
            Call call = mesh.call(new Request.Builder()
                    .url("http://catalog/" + random.nextInt(5))
                    .tag(
                            MeshCallOptions.class,
                            MeshCallOptions.DEFAULT.withDeadline(Duration.ofMillis(5 + random.nextInt(40))))
                    .build());
            if (random.nextInt(3) == 0) {
                CompletableFuture.delayedExecutor(random.nextInt(20), TimeUnit.MILLISECONDS)
                        .execute(call::cancel);
            }
            try (Response response = call.execute()) {
                if (random.nextBoolean()) {
                    assertThat(response.body().bytes().length).isIn(3, 4, 20_000);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("Already");
            }
        }
    }

    private static final class Whims extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            MockResponse.Builder response = new MockResponse.Builder();
            return switch (request.getTarget()) {
                case "/0" -> response.code(503).body("busy").build();
                case "/1" ->
                    response.body("yes").headersDelay(14, TimeUnit.MILLISECONDS).build();
                case "/2" ->
                    response.body("x".repeat(20_000))
                            .throttleBody(1000, 2, TimeUnit.MILLISECONDS)
                            .build();
                case "/3" ->
                    response.body("yes").bodyDelay(10, TimeUnit.MILLISECONDS).build();
                default -> response.body("yes").build();
            };
        }
    }
}
