package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.resource.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application may expect of a callback. */
@Timeout(30)
class EnqueueTest {
    private final MockWebServer server = new MockWebServer();
    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "dispatched");
        thread.setUncaughtExceptionHandler((of, e) -> uncaught.add(e));
        return thread;
    });
    private final OkHttpClient client =
            new OkHttpClient.Builder().dispatcher(new Dispatcher(executor)).build();
    private final TestMesh mesh = new TestMesh(TestMesh.route(Route.Rule.builder()
                    .retry(Route.Retry.builder()
                            .attempts(3)
                            .backoff(Duration.ofMillis(1), Duration.ofMillis(5))
                            .build())))
            .client(client);

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
    void retriesAndAnswersOnAThreadOfTheDispatcher() throws Exception {
        server.enqueue(new MockResponse.Builder().code(503).body("busy").build());
        server.enqueue(new MockResponse.Builder().body("fine").build());
        CompletableFuture<String> thread = new CompletableFuture<>();
        Call call = mesh.get("http://catalog/");
        Answer answer = new Answer(call) {
            @Override
            public void onResponse(Call of, Response response) throws IOException {
                thread.complete(Thread.currentThread().getName());
                super.onResponse(of, response);
            }
        };

        call.enqueue(answer);

        assertThat(answer.text()).isEqualTo("fine");
        assertThat(thread).isCompletedWithValueMatching(name -> name.startsWith("OkHttp http://catalog"));
        mesh.awaitVerdicts("SUCCESS");
    }

    @Test
    void aRefusalIsToldByAnotherThreadToo() {
        mesh.remove("catalog-" + server.getPort());
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Call call = mesh.get("http://catalog/");
        Answer answer = new Answer(call) {
            @Override
            public void onFailure(Call of, IOException e) {
                thread.complete(Thread.currentThread());
                super.onFailure(of, e);
            }
        };

        call.enqueue(answer);

        assertThatThrownBy(answer::response)
                .isInstanceOfSatisfying(
                        MeshIOException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.NO_ENDPOINTS));
        assertThat(thread.join()).isNotSameAs(Thread.currentThread());
        assertThat(thread.join().getName()).isEqualTo("dispatched");
    }

    @Test
    void aBodyIsReadInTheCallback() throws Exception {
        server.enqueue(new MockResponse.Builder().body("x".repeat(100_000)).build());
        CompletableFuture<Integer> length = new CompletableFuture<>();
        Call call = mesh.get("http://catalog/");

        call.enqueue(new Answer(call) {
            @Override
            public void onResponse(Call of, Response response) throws IOException {
                length.complete(response.body().bytes().length);
            }
        });

        assertThat(length.get(10, TimeUnit.SECONDS)).isEqualTo(100_000);
        mesh.awaitVerdicts("SUCCESS");
    }

    @Test
    void aBodyIsReadLaterByAnotherThread() throws Exception {
        server.enqueue(new MockResponse.Builder().body("x".repeat(100_000)).build());
        Answer answer = Answer.of(mesh.get("http://catalog/"));
        Response response = answer.response();
        assertThat(mesh.inFlight()).isEqualTo(1);

        assertThat(response.body().bytes()).hasSize(100_000);

        mesh.awaitVerdicts("SUCCESS");
    }

    @Test
    void aResponseThatWasForgottenIsFound() {
        server.enqueue(slow());
        forget();

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return mesh.outcomes.size() == 1 && mesh.inFlight() == 0;
        });
        assertThat(mesh.outcomes).extracting(Outcome::error).containsExactly(TransportError.LEAKED);
    }

    /** As many do: the callback itself holds the response. */
    private void forget() {
        Answer answer = Answer.of(mesh.get("http://catalog/"));
        await().until(answer::told);
    }

    @Test
    void anIOExceptionOfTheCallbackIsLogged() throws Exception {
        server.enqueue(new MockResponse.Builder().body("fine").build());
        Call call = mesh.get("http://catalog/");
        Answer answer = new Answer(call) {
            @Override
            public void onResponse(Call of, Response response) throws IOException {
                super.onResponse(of, response);
                throw new IOException("mine");
            }
        };

        call.enqueue(answer);

        assertThat(answer.text()).isEqualTo("fine");
        mesh.awaitVerdicts("SUCCESS");
        assertThat(answer.times()).isEqualTo(1);
        assertThat(call.isCanceled()).isFalse();
        assertThat(uncaught).isEmpty();
    }

    @Test
    void anyOtherExceptionOfTheCallbackCancelsTheCallAndGoesToItsThread() throws Exception {
        server.enqueue(slow());
        Call call = mesh.get("http://catalog/");
        Answer answer = new Answer(call) {
            @Override
            public void onResponse(Call of, Response response) throws IOException {
                super.onResponse(of, response);
                throw new IllegalStateException("mine");
            }
        };

        call.enqueue(answer);

        await().until(() -> uncaught.size() == 1);
        assertThat(uncaught.get(0)).hasMessage("mine");
        mesh.awaitVerdicts("CANCELLED");
        assertThat(answer.times()).isEqualTo(1);
        answer.response().close();
        server.enqueue(new MockResponse.Builder().body("next").build());
        assertThat(Answer.of(mesh.get("http://catalog/")).text()).isEqualTo("next");
    }

    @Test
    void anExceptionOfANetworkInterceptorFailsTheCallOnceAndGoesToItsThread() {
        mesh.client(client.newBuilder()
                .addNetworkInterceptor(chain -> {
                    throw new IllegalArgumentException("mine");
                })
                .build());

        Answer answer = Answer.of(mesh.get("http://catalog/"));

        assertThatThrownBy(answer::response).isInstanceOf(MeshIOException.class).hasRootCauseMessage("mine");
        await().until(() -> uncaught.size() == 1);
        mesh.awaitVerdicts("CANCELLED");
        assertThat(answer.times()).isEqualTo(1);
    }

    @Test
    void anExecutorThatIsShutDownFailsTheCallAndSpeaksAgainstNobody() {
        executor.shutdown();

        Answer answer = Answer.of(mesh.get("http://catalog/"));

        assertThatThrownBy(answer::response).isInstanceOf(IOException.class);
        assertThat(answer.times()).isEqualTo(1);
        assertThat(mesh.verdicts).containsExactly("CANCELLED");
        assertThat(mesh.outcomes).extracting(Outcome::error).containsExactly(TransportError.CANCELLED);
    }

    @Test
    void anExecutorThatIsFullFailsTheCallAndSpeaksAgainstNobody() throws Exception {
        server.enqueue(new MockResponse.Builder().body("fine").build());
        CountDownLatch goOn = new CountDownLatch(1);
        try (OneThread full = new OneThread()) {
            mesh.client(full.client());
            full.executor().execute(() -> await().until(() -> goOn.getCount() == 0));

            Answer answer = Answer.of(mesh.get("http://catalog/"));

            assertThatThrownBy(answer::response)
                    .isInstanceOf(MeshIOException.class)
                    .hasStackTraceContaining("takes no task");
            mesh.awaitVerdicts("CANCELLED");
            assertThat(mesh.outcomes).extracting(Outcome::error).containsExactly(TransportError.CANCELLED);
            goOn.countDown();
            await().until(() -> full.executor().getActiveCount() == 0);
            assertThat(Answer.of(mesh.get("http://catalog/")).text()).isEqualTo("fine");
        }
    }

    /** The thread on which their turn comes is still busy with the call before. */
    @Test
    void callsWhoseTurnComesAtAnExecutorThatIsFullAreToldOnceEach() throws Exception {
        server.enqueue(new MockResponse.Builder().body("fine").build());
        CountDownLatch goOn = new CountDownLatch(1);
        try (OneThread full = new OneThread()) {
            mesh.client(full.client()
                    .newBuilder()
                    .addNetworkInterceptor(chain -> {
                        await().until(() -> goOn.getCount() == 0);
                        return chain.proceed(chain.request());
                    })
                    .build());
            Answer first = Answer.of(mesh.get("http://catalog/"));
            List<Answer> others = Stream.generate(() -> Answer.of(mesh.get("http://catalog/")))
                    .limit(1_000)
                    .toList();
            assertThat(others).noneMatch(Answer::told);
            goOn.countDown();

            assertThat(first.text()).isEqualTo("fine");

            await().until(() -> others.stream().allMatch(Answer::told) && mesh.verdicts.size() == 1_001);
            assertThat(others).allMatch(answer -> answer.times() == 1);
            assertThat(mesh.outcomes)
                    .extracting(Outcome::error)
                    .filteredOn(Objects::nonNull)
                    .hasSize(1_000)
                    .containsOnly(TransportError.CANCELLED);
            assertThat(mesh.inFlight()).isZero();
            assertThat(uncaught).isEmpty();
        }
    }

    /** An executor that refuses while its thread is busy; one call has its turn at a time. */
    private final class OneThread implements AutoCloseable {
        private final ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "the one");
                    thread.setUncaughtExceptionHandler((of, e) -> uncaught.add(e));
                    return thread;
                });

        ThreadPoolExecutor executor() {
            return executor;
        }

        OkHttpClient client() {
            Dispatcher dispatcher = new Dispatcher(executor);
            dispatcher.setMaxRequests(1);
            return client.newBuilder().dispatcher(dispatcher).build();
        }

        @Override
        public void close() {
            executor.shutdown();
        }
    }

    @Test
    void isEnqueuedOnce() throws Exception {
        server.enqueue(new MockResponse.Builder().body("fine").build());
        Call call = mesh.get("http://catalog/");
        Answer answer = Answer.of(call);
        Callback second = new Answer(call);

        assertThatThrownBy(() -> call.enqueue(second)).isInstanceOf(IllegalStateException.class);
        assertThat(answer.text()).isEqualTo("fine");
    }

    private static MockResponse slow() {
        return new MockResponse.Builder()
                .body("x".repeat(10_000))
                .throttleBody(100, 100, TimeUnit.MILLISECONDS)
                .build();
    }
}
