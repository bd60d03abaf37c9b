package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.source.ResourceSource;
import io.tulle.client.Mesh;
import io.tulle.client.MeshRuntime;
import io.tulle.testing.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand enqueued calls that wait, each for something else, and the threads that this takes. */
@Timeout(60)
class EnqueueWaitsTest {
    private static final int CALLS = 1_000;
    private static final int MOST = 8;

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger requests = new AtomicInteger();
    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>());
    private final Given source = new Given();
    private final ManualClock clock = new ManualClock(5);
    private volatile int busyFor;
    private @Nullable Mesh mesh;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return requests.incrementAndGet() <= busyFor
                        ? new MockResponse.Builder().code(503).build()
                        : new MockResponse.Builder()
                                .body("fine")
                                .headersDelay(5, TimeUnit.MILLISECONDS)
                                .build();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        executor.shutdown();
        Objects.requireNonNull(mesh).close();
        server.close();
    }

    /** OkHttp's dispatcher blocks a thread for each request that is out; the others wait without one. */
    @Test
    void forSlowAnswersTakesAsManyAsTheDispatcherAllows() throws Exception {
        source.deliver(catalog());
        Call.Factory calls = calls(MeshRuntime.system());

        List<Answer> answers = enqueue(calls);

        for (Answer answer : answers) {
            assertThat(answer.text()).isEqualTo("fine");
        }
        assertThat(requests).hasValue(CALLS);
        assertThat(executor.getLargestPoolSize())
                .isLessThanOrEqualTo(2 * MOST); // one begins as another's thread leaves
    }

    @Test
    void forABackOffTakesNone() throws Exception {
        busyFor = CALLS;
        source.deliver(catalog());
        Call.Factory calls = calls(new MeshRuntime(clock, clock, clock, () -> -1));

        List<Answer> answers = enqueue(calls);

        await().atMost(Duration.ofSeconds(20)).until(() -> requests.get() == CALLS && executor.getActiveCount() == 0);
        assertThat(answers).noneMatch(Answer::told);
        List<Answer> last = answers.subList(CALLS - MOST, CALLS); // what has begun does not wait again: here, few go on
        answers.subList(0, CALLS - MOST).forEach(Answer::cancel);
        clock.advance(Duration.ofSeconds(1));
        for (Answer answer : last) {
            assertThat(answer.text()).isEqualTo("fine");
        }
        assertThat(requests).hasValue(CALLS + MOST);
    }

    @Test
    void forAServiceThatIsNotKnownYetTakesNone() throws Exception {
        Call.Factory calls = calls(new MeshRuntime(clock, clock, clock, () -> 1));

        List<Answer> answers = enqueue(calls);

        assertThat(executor.getPoolSize()).isZero();
        assertThat(answers).noneMatch(Answer::told);
        source.deliver(catalog());
        for (Answer answer : answers) {
            assertThat(answer.text()).isEqualTo("fine");
        }
    }

    private Call.Factory calls(MeshRuntime runtime) {
        okhttp3.Dispatcher dispatcher = new okhttp3.Dispatcher(executor);
        dispatcher.setMaxRequests(MOST);
        Mesh made = Mesh.builder().source(source).runtime(runtime).build();
        mesh = made;
        return MeshCalls.of(
                made, new OkHttpClient.Builder().dispatcher(dispatcher).build());
    }

    private static List<Answer> enqueue(Call.Factory calls) {
        Request request = new Request.Builder().url("http://catalog/").build();
        return Stream.generate(() -> Answer.of(calls.newCall(request)))
                .limit(CALLS)
                .toList();
    }

    private List<Resource> catalog() {
        Route.Rule rule = Route.Rule.builder()
                .timeout(Duration.ofMinutes(1))
                .retry(Route.Retry.builder()
                        .attempts(2)
                        .backoff(Duration.ofMillis(500), Duration.ofMillis(500))
                        .build())
                .build();
        return List.of(
                Service.of("default", "catalog", Service.Spec.DEFAULT),
                TestMesh.instance("catalog", "catalog-1", server.getPort()),
                new Route(
                        Metadata.of("default", "catalog"),
                        new Route.Spec(
                                "catalog", List.of(rule), new Route.RetryBudget(100, 1_000, Duration.ofSeconds(10)))));
    }

    /** Says nothing of a service until it is told. */
    private static final class Given implements ResourceSource {
        private List<Resource> resources = List.of();
        private @Nullable Sink sink;

        @Override
        public void start(Sink to) {
            sink = to;
            to.accept(resources);
        }

        void deliver(List<Resource> all) {
            resources = all;
            if (sink != null) {
                sink.accept(all);
            }
        }

        @Override
        public boolean subscribe(String service) {
            return true;
        }

        @Override
        public void close() {}
    }
}
