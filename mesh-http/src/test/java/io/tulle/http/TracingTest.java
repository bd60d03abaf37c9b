package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.client.Mesh;
import io.tulle.client.observe.OpenTelemetryTracing;
import io.tulle.testing.FixedSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spans of real calls, and what the server is told of them. */
@Timeout(30)
class TracingTest {
    private static final Request BOOK =
            new Request.Builder().url("http://catalog/books/7").build();

    private final MockWebServer server = new MockWebServer();
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final OkHttpClient client = new OkHttpClient();
    private Mesh mesh;
    private Call.Factory http;

    @BeforeEach
    void start() throws IOException {
        server.start();
        OpenTelemetryTracing tracing = new OpenTelemetryTracing(sdk);
        mesh = Mesh.builder()
                .service("shop/storefront")
                .source(new FixedSource(resources(server.getPort())))
                .listener(tracing)
                .headers(tracing)
                .build();
        http = MeshCalls.of(mesh, client);
    }

    @AfterEach
    void stop() {
        client.dispatcher().executorService().shutdown();
        mesh.close();
        sdk.close();
        server.close();
    }

    private static List<Resource> resources(int port) {
        Route.Retry retry = Route.Retry.builder()
                .attempts(3)
                .backoff(Duration.ofMillis(5), Duration.ofMillis(10))
                .build();
        return List.of(
                Service.of("shop", "catalog", Service.Spec.DEFAULT),
                new Instance(
                        Metadata.of("shop", "catalog-1"), Instance.Spec.of("catalog", "catalog-1", "127.0.0.1", port)),
                new Route(
                        Metadata.of("shop", "catalog"),
                        new Route.Spec(
                                "catalog",
                                List.of(Route.Rule.builder()
                                        .name("books")
                                        .retry(retry)
                                        .build()),
                                Route.RetryBudget.DEFAULT)));
    }

    @Test
    void aRetriedCallIsOneTraceOfWhichTheServerSeesEachAttempt() throws Exception {
        server.enqueue(new MockResponse.Builder().code(503).build());
        server.enqueue(new MockResponse.Builder().body("fine").build());
        Span checkout = sdk.getTracer("shop").spanBuilder("checkout").startSpan();
        try (Scope scope = checkout.makeCurrent();
                Response response = http.newCall(BOOK).execute()) {
            assertThat(scope).isNotNull();
            assertThat(response.body().string()).isEqualTo("fine");
        }
        checkout.end();
        List<SpanData> spans = spans(4);
        assertThat(TraceText.of(spans)).hasSize(5);
        assertThat(List.of(traceparent(), traceparent()))
                .containsExactlyElementsOf(spans.stream()
                        .filter(span -> span.getName().equals("GET"))
                        .map(TracingTest::traceparent)
                        .toList());
    }

    @Test
    void anEnqueuedCallBelongsToTheSpanOfItsCallerAndSoDoesOneMadeInItsCallback() throws Exception {
        server.enqueue(new MockResponse.Builder().code(503).build());
        server.enqueue(new MockResponse.Builder().body("fine").build());
        server.enqueue(new MockResponse.Builder().body("fine").build());
        Span checkout = sdk.getTracer("shop").spanBuilder("checkout").startSpan();
        CompletableFuture<String> second = new CompletableFuture<>();
        CountDownLatch enqueued = new CountDownLatch(1);
        try (Scope scope = checkout.makeCurrent()) {
            assertThat(scope).isNotNull();
            http.newCall(BOOK)
                    .enqueue(then(
                            body -> {
                                assertThat(Context.current())
                                        .isEqualTo(Context.root()); // OkHttp's thread knows of no span
                                assertThat(enqueued.await(10, TimeUnit.SECONDS)).isTrue();
                                http.newCall(BOOK).enqueue(then(second::complete, second));
                            },
                            second));
        }
        checkout.end();
        enqueued.countDown();
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("fine");
        assertThat(spans(6))
                .filteredOn(span -> span.getName().equals("GET shop/catalog"))
                .hasSize(2)
                .extracting(SpanData::getParentSpanId)
                .containsOnly(checkout.getSpanContext().getSpanId());
    }

    @FunctionalInterface
    private interface Then {
        void accept(String body) throws Exception;
    }

    private static Callback then(Then next, CompletableFuture<String> failed) {
        return new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    next.accept(response.body().string());
                } catch (Exception | AssertionError e) {
                    failed.completeExceptionally(e);
                }
            }

            @Override
            public void onFailure(Call call, IOException e) {
                failed.completeExceptionally(e);
            }
        };
    }

    /** Waits for the last span: when two threads end a call, one of them does the books. */
    private List<SpanData> spans(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> exporter.getFinishedSpanItems().size() >= count);
        List<SpanData> spans = new ArrayList<>(exporter.getFinishedSpanItems());
        assertThat(spans).hasSize(count);
        assertThat(spans)
                .extracting(SpanData::getTraceId)
                .containsOnly(spans.get(0).getTraceId());
        return spans;
    }

    private String traceparent() throws InterruptedException {
        RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request.getHeaders().get("traceparent");
    }

    private static String traceparent(SpanData span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getSpanContext().getTraceFlags().asHex();
    }
}
