package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.call.MeshHeaders;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.client.Mesh;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a call takes along of the call that it is made for. */
@Timeout(30)
class CallContextTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final MockWebServer server = new MockWebServer();
    private final TestMesh mesh = new TestMesh();
    private final CallContext served = CallContext.builder()
            .trace(PARENT, null)
            .deadlineNanos(mesh.mesh.runtime().ticker().nanos()
                    + Duration.ofSeconds(10).toNanos())
            .build();

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
    void isCapturedWhereTheCallIsEnqueuedAndCurrentInItsCallback() throws Exception {
        server.enqueue(new MockResponse.Builder().code(503).build());
        server.enqueue(new MockResponse.Builder().body("fine").build());
        Call call = mesh.get("http://catalog/"); // made outside of it
        Seen seen = new Seen(call);

        served.wrap(() -> call.enqueue(seen)).run();

        assertThat(seen.context.get(10, TimeUnit.SECONDS)).isSameAs(served);
        for (int attempt = 1; attempt <= 2; attempt++) {
            RecordedRequest request = server.takeRequest();
            assertThat(request.getHeaders().values(MeshHeaders.TRACEPARENT)).containsExactly(PARENT);
            assertThat(Long.parseLong(request.getHeaders().get(MeshHeaders.TIMEOUT_MS)))
                    .isBetween(1L, 10_000L);
            assertThat(request.getHeaders().get(MeshHeaders.ATTEMPT)).isEqualTo(attempt == 1 ? null : "2");
        }
        seen.response().close();
    }

    @Test
    void isCurrentWhenAFailureIsTold() throws Exception {
        mesh.remove("catalog-" + server.getPort());
        Call call = mesh.get("http://catalog/");
        Seen seen = new Seen(call);

        served.wrap(() -> call.enqueue(seen)).run();

        assertThat(seen.context.get(10, TimeUnit.SECONDS)).isSameAs(served);
    }

    @Test
    void isCurrentInInterceptorsAndCallbackOfACallThatHasThem() throws Exception {
        CompletableFuture<CallContext> intercepted = new CompletableFuture<>();
        mesh.client(new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    intercepted.complete(CallContext.current());
                    return chain.proceed(chain.request());
                })
                .build());
        server.enqueue(new MockResponse.Builder().body("fine").build());
        Call call = mesh.get("http://catalog/");
        Seen seen = new Seen(call);

        served.wrap(() -> call.enqueue(seen)).run();

        assertThat(seen.context.get(10, TimeUnit.SECONDS)).isSameAs(served);
        assertThat(intercepted).isCompletedWithValue(served);
        assertThat(server.takeRequest().getHeaders().get(MeshHeaders.TRACEPARENT))
                .isEqualTo(PARENT);
        seen.response().close();
    }

    @Test
    void boundsABlockingCallByItsDeadline() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        CallContext hurried = CallContext.builder()
                .deadlineNanos(mesh.mesh.runtime().ticker().nanos()
                        + Duration.ofMillis(100).toNanos())
                .build();

        assertThatThrownBy(() -> hurried.wrap(() -> mesh.get("http://catalog/").execute())
                        .call())
                .isInstanceOfSatisfying(
                        MeshIOException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.DEADLINE_EXCEEDED));
    }

    @Test
    void headersAreAskedForOncePerAttemptInBothStyles() throws Exception {
        List<Integer> asked = new CopyOnWriteArrayList<>();
        server.enqueue(new MockResponse.Builder().code(503).build());
        server.enqueue(new MockResponse.Builder().build());
        server.enqueue(new MockResponse.Builder().code(503).build());
        server.enqueue(new MockResponse.Builder().build());
        try (Mesh writing = Mesh.builder()
                .source(mesh)
                .headers((call, attempt, sink) -> {
                    asked.add(attempt.number());
                    sink.set("x-attempt-is", String.valueOf(attempt.number()));
                })
                .build()) {
            Call.Factory calls = MeshCalls.of(writing, new OkHttpClient());
            Call call = calls.newCall(mesh.get("http://catalog/").request());

            call.execute().close();
            Answer.of(call.clone()).response().close();
        }

        assertThat(asked).containsExactly(1, 2, 1, 2);
        assertThat(server.takeRequest().getHeaders().get("x-attempt-is")).isEqualTo("1");
        assertThat(server.takeRequest().getHeaders().get("x-attempt-is")).isEqualTo("2");
    }

    /** A gateway copies the headers that have come to it. */
    @Test
    void whatWasSaidOfAnotherCallIsNotPassedOn() throws Exception {
        server.enqueue(new MockResponse.Builder().code(503).build());
        server.enqueue(new MockResponse.Builder().build());
        Request copied = new Request.Builder()
                .url("http://catalog/")
                .header("X-Mesh-Timeout-Ms", "1")
                .header("X-Mesh-Attempt", "7")
                .header(MeshHeaders.TRACEPARENT, "of the application")
                .build();

        mesh.call(copied).execute().close();

        Headers first = server.takeRequest().getHeaders();
        assertThat(first.values(MeshHeaders.ATTEMPT)).isEmpty();
        assertThat(first.values(MeshHeaders.TIMEOUT_MS))
                .singleElement()
                .satisfies(left -> assertThat(Long.parseLong(left)).isGreaterThan(1));
        assertThat(first.values(MeshHeaders.TRACEPARENT)).containsExactly("of the application");
        assertThat(server.takeRequest().getHeaders().values(MeshHeaders.ATTEMPT))
                .containsExactly("2");
    }

    @Test
    void theStateOfATraceGoesOnWithItAndNotWithTheApplicationsOwn() throws Exception {
        server.enqueue(new MockResponse.Builder().build());
        server.enqueue(new MockResponse.Builder().build());
        CallContext stateful =
                CallContext.builder().trace(PARENT, "vendor=inbound").build();
        Request own = mesh.get("http://catalog/")
                .request()
                .newBuilder()
                .header("Traceparent", "of the application")
                .build();

        stateful.wrap(() -> mesh.get("http://catalog/").execute()).call().close();
        stateful.wrap(() -> mesh.call(own).execute()).call().close();

        Headers passedOn = server.takeRequest().getHeaders();
        assertThat(passedOn.values(MeshHeaders.TRACEPARENT)).containsExactly(PARENT);
        assertThat(passedOn.values(MeshHeaders.TRACESTATE)).containsExactly("vendor=inbound");
        Headers owned = server.takeRequest().getHeaders();
        assertThat(owned.values(MeshHeaders.TRACEPARENT)).containsExactly("of the application");
        assertThat(owned.values(MeshHeaders.TRACESTATE)).isEmpty();
    }

    private static final class Seen extends Answer {
        final CompletableFuture<CallContext> context = new CompletableFuture<>();

        Seen(Call call) {
            super(call);
        }

        @Override
        public void onResponse(Call of, Response answer) throws IOException {
            context.complete(CallContext.current());
            super.onResponse(of, answer);
        }

        @Override
        public void onFailure(Call of, IOException e) {
            context.complete(CallContext.current());
            super.onFailure(of, e);
        }
    }
}
