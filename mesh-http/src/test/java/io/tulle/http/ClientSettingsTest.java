package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the application's client on a mesh call. */
@Timeout(60)
class ClientSettingsTest {
    private final MockWebServer server = new MockWebServer();
    private final TestMesh mesh = new TestMesh();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server.setServerSocketFactory(new DeepBacklog());
        server.start();
        mesh.catalogAt(server.getPort());
    }

    @AfterEach
    void stop() {
        mesh.close();
        server.close();
    }

    @Test
    void runsApplicationInterceptorsOncePerCallAndNetworkInterceptorsPerAttempt() throws Exception {
        mesh.client(new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    seen.add("application " + chain.request().url());
                    Request signed =
                            chain.request().newBuilder().header("X-Mine", "yes").build();
                    return chain.proceed(signed);
                })
                .addNetworkInterceptor(chain -> {
                    seen.add("network " + chain.request().url());
                    return chain.proceed(chain.request());
                })
                .build());
        server.enqueue(new MockResponse.Builder().code(503).build());
        server.enqueue(new MockResponse.Builder().body("fine").build());

        try (Response response = mesh.get("http://catalog/7").execute()) {
            assertThat(response.body().string()).isEqualTo("fine");
        }

        assertThat(seen)
                .containsExactly(
                        "application http://catalog/7", "network http://catalog/7", "network http://catalog/7");
        assertThat(server.takeRequest().getHeaders().get("X-Mine")).isEqualTo("yes");
    }

    @Test
    void cancelReachesThroughInterceptors() {
        mesh.client(new OkHttpClient.Builder()
                .addInterceptor(chain -> chain.proceed(chain.request()))
                .build());
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        Call call = mesh.get("http://catalog/");
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(call::cancel);

        assertThatThrownBy(call::execute).isInstanceOf(IOException.class);

        mesh.awaitVerdicts("CANCELLED");
    }

    @Test
    void tellsTheApplicationsEventListenersOfEachAttempt() throws Exception {
        mesh.client(new OkHttpClient.Builder()
                .eventListenerFactory(call -> new Starts("factory"))
                .build());
        server.enqueue(new MockResponse.Builder().code(503).build());
        server.enqueue(new MockResponse.Builder().build());

        Call call = mesh.get("http://catalog/");
        call.addEventListener(new Starts("added"));
        call.execute().close();

        assertThat(seen).containsExactly("factory", "added", "factory", "added");
    }

    @Test
    void runsAHundredCallsAtOnceAndKeepsTheirConnections() throws Exception {
        CyclicBarrier all = new CyclicBarrier(
                100); // of each burst: who is answered early gives back a connection that another has just passed by
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                try {
                    all.await(20, TimeUnit.SECONDS);
                } catch (BrokenBarrierException | TimeoutException e) {
                    return new MockResponse.Builder()
                            .code(500)
                            .body("not all at once")
                            .build();
                }
                return new MockResponse.Builder().body("fine").build();
            }
        });
        ExecutorService callers = Executors.newFixedThreadPool(100);
        try {
            burst(callers);
            int connections = mesh.outcomes.size();
            burst(callers);
            assertThat(connections).isEqualTo(100);
        } finally {
            callers.shutdown();
        }

        assertThat(mesh.inFlight()).isZero();
        assertThat(mesh.verdicts).hasSize(200).containsOnly("SUCCESS");
        assertThat(mesh.outcomes.subList(100, 200))
                .anyMatch(outcome -> outcome.connectionReused()); // not all: see the plan
    }

    private void burst(ExecutorService callers) {
        List<CompletableFuture<Void>> calls = IntStream.range(0, 100)
                .mapToObj(i -> CompletableFuture.runAsync(this::callOnce, callers))
                .toList();
        calls.forEach(CompletableFuture::join);
    }

    private void callOnce() {
        try (Response response = mesh.get("http://catalog/").execute()) {
            assertThat(response.body().string()).isEqualTo("fine");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closesTheConnectionsOfAnEndpointThatHasLeft() throws Exception {
        OkHttpClient client = new OkHttpClient();
        EndpointClients clients = new EndpointClients(client, mesh.mesh.runtime(), null);
        Call.Factory calls = new MeshCallFactory(mesh.mesh.engine(), mesh.mesh.runtime(), client, clients);
        Request request = new Request.Builder().url("http://catalog/").build();
        server.enqueue(new MockResponse.Builder().body("one").build());
        try (MockWebServer second = new MockWebServer()) {
            second.start();
            second.enqueue(new MockResponse.Builder().body("two").build());

            try (Response response = calls.newCall(request).execute()) { // still open while its endpoint leaves
                mesh.remove("catalog-" + server.getPort());
                mesh.catalogAt(second.getPort());
                calls.newCall(request).execute().close();
                await().until(() -> clients.size() == 1);
                assertThat(response.body().string()).isEqualTo("one");
            }

            await().until(() -> clients.leaving() == 0);
        }
    }

    private final class Starts extends EventListener {
        private final String name;

        Starts(String name) {
            this.name = name;
        }

        @Override
        public void callStart(Call call) {
            seen.add(name);
        }
    }
}
