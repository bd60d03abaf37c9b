package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.tulle.api.context.CallContext;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Service;
import io.tulle.client.Mesh;
import io.tulle.client.observe.MicrometerListener;
import io.tulle.client.observe.OpenTelemetryTracing;
import io.tulle.grpc.server.MeshServerInterceptor;
import io.tulle.testing.FixedSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans and meters of gRPC calls over sockets, on both sides: the first attempt is turned away, what comes then is answered by a code. */
class ObservedCallsTest {
    private final Queue<Status> turnedAway = new ConcurrentLinkedQueue<>(List.of(Status.UNAVAILABLE));
    private final Queue<String> traceparents = new ConcurrentLinkedQueue<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();
    private final FixedSource source = new FixedSource(List.of());
    private Mesh mesh;
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        OpenTelemetryTracing tracing = new OpenTelemetryTracing(sdk);
        mesh = Mesh.builder()
                .service("default/ratings")
                .source(source)
                .listener(tracing)
                .headers(tracing)
                .listener(new MicrometerListener(meters))
                .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerServiceDefinition.builder("shop.Ratings")
                        .addMethod(Rig.GET, ServerCalls.asyncUnaryCall(this::answer))
                        .build())
                .intercept(new MeshServerInterceptor(mesh))
                .build()
                .start();
        source.put(List.of(
                Service.of("default", "ratings", new Service.Spec(Protocol.GRPC, List.of())),
                new Instance(
                        Metadata.of("default", "ratings-1"),
                        Instance.Spec.of("ratings", "", "127.0.0.1", server.getPort()))));
        channel = MeshChannels.builder(mesh, "ratings").build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
        mesh.close();
        sdk.close();
    }

    private void answer(String request, StreamObserver<String> to) {
        traceparents.add(String.valueOf(CallContext.current().traceparent()));
        Status first = turnedAway.poll();
        to.onError((first == null ? Status.NOT_FOUND : first).asRuntimeException());
    }

    @Test
    void aTraceHasEachAttemptWithItsCodeAndTheServerIsToldOfIt() {
        Span checkout = sdk.getTracer("shop").spanBuilder("checkout").startSpan();
        try (Scope scope = checkout.makeCurrent()) {
            assertThat(scope).isNotNull();
            assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                            channel, Rig.GET, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), "q"))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("NOT_FOUND");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> exporter.getFinishedSpanItems().size() == 3);
        List<SpanData> attempts = new ArrayList<>(exporter.getFinishedSpanItems());
        SpanData call = attempts.stream()
                .filter(span -> span.getKind() == SpanKind.INTERNAL)
                .findFirst()
                .orElseThrow();
        attempts.remove(call);
        assertThat(call.getName()).isEqualTo("shop.Ratings/Get default/ratings");
        assertThat(call.getParentSpanId()).isEqualTo(checkout.getSpanContext().getSpanId());
        assertThat(attempts)
                .allSatisfy(span -> {
                    assertThat(span.getName()).isEqualTo("shop.Ratings/Get");
                    assertThat(span.getParentSpanId()).isEqualTo(call.getSpanId());
                })
                .extracting(span -> span.getAttributes().get(AttributeKey.stringKey("rpc.status_code")))
                .containsExactly("UNAVAILABLE", "NOT_FOUND");
        assertThat(traceparents)
                .containsExactlyElementsOf(attempts.stream()
                        .map(span -> "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                                + span.getSpanContext().getTraceFlags().asHex())
                        .toList());
    }

    @Test
    void metersTellMethodsAndCodesOnBothSides() {
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(channel, Rig.GET, CallOptions.DEFAULT, "q"))
                .hasMessageContaining("NOT_FOUND");
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(count("mesh.client.requests", "NOT_FOUND")).isEqualTo(1);
            assertThat(count("mesh.server.requests", "UNAVAILABLE")).isEqualTo(1);
            assertThat(count("mesh.server.requests", "NOT_FOUND")).isEqualTo(1);
        });
    }

    private long count(String name, String status) {
        return meters.find(name).tags("method", "shop.Ratings/Get", "status", status).timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }
}
