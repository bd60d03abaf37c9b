package io.tulle.client.observe;

import static io.tulle.client.observe.TracedMesh.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.context.CallContext;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.call.Attempt;
import io.tulle.core.snapshot.Reachable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpenTelemetryTracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    private final TracedMesh mesh = new TracedMesh();

    @Test
    void aCallIsAnInternalSpanAndItsAttemptAClientSpanBelow() {
        TracedMesh.Driven call = mesh.start(TracedRequest.GET);
        call.head(1, 200);
        call.end(1, Outcome.COMPLETE);
        SpanData logical = mesh.span("GET shop/catalog", SpanKind.INTERNAL);
        SpanData attempt = mesh.span("GET", SpanKind.CLIENT);
        assertThat(mesh.exporter.getFinishedSpanItems()).hasSize(2);
        assertThat(logical.getParentSpanContext().isValid()).isFalse();
        assertThat(attempt.getParentSpanId()).isEqualTo(logical.getSpanId());
        assertThat(attempt.getTraceId()).isEqualTo(logical.getTraceId());
        assertThat(value(logical, MeshSemconv.MESH_SERVICE)).isEqualTo("shop/catalog");
        assertThat(value(logical, MeshSemconv.MESH_RULE)).isEqualTo("books");
        assertThat(value(logical, MeshSemconv.URL_PATH)).isEqualTo("/books/7");
        assertThat(value(logical, MeshSemconv.MESH_VERDICT)).isEqualTo("success");
        assertThat(value(logical, MeshSemconv.MESH_ATTEMPTS)).isEqualTo(1);
        assertThat(logical.getStatus()).isEqualTo(StatusData.unset());
        assertThat(attempt.getStatus()).isEqualTo(StatusData.unset());
    }

    @Test
    void anAttemptSaysWhatTheHttpConventionsAskFor() {
        TracedMesh.Driven call = mesh.start(TracedRequest.GET);
        call.head(1, 404);
        call.end(1, Outcome.COMPLETE);
        SpanData attempt = mesh.span("GET", SpanKind.CLIENT);
        assertThat(value(attempt, MeshSemconv.HTTP_REQUEST_METHOD)).isEqualTo("GET");
        assertThat(value(attempt, MeshSemconv.HTTP_RESPONSE_STATUS_CODE)).isEqualTo(404);
        assertThat(value(attempt, MeshSemconv.URL_FULL)).isEqualTo("http://catalog.shop/books/7");
        assertThat(value(attempt, MeshSemconv.SERVER_ADDRESS)).isEqualTo("catalog.shop");
        assertThat(value(attempt, MeshSemconv.SERVER_PORT)).isEqualTo(80);
        assertThat(value(attempt, MeshSemconv.NETWORK_PEER_ADDRESS)).isEqualTo("10.0.0.1");
        assertThat(value(attempt, MeshSemconv.NETWORK_PEER_PORT)).isEqualTo(8081);
        assertThat(value(attempt, MeshSemconv.MESH_ATTEMPT_OUTCOME)).isEqualTo("response");
        assertThat(value(attempt, MeshSemconv.ERROR_TYPE)).isEqualTo("404");
        assertThat(attempt.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attempt.getAttributes().get(MeshSemconv.HTTP_REQUEST_RESEND_COUNT))
                .isNull();
        assertThat(mesh.span("GET shop/catalog", SpanKind.INTERNAL).getStatus()).isEqualTo(StatusData.unset());
    }

    @Test
    void aRetriedCallHasASpanPerAttemptWithItsResendCount() {
        TracedMesh.Driven call = mesh.start(TracedRequest.GET);
        call.head(1, 503);
        call.end(1, Outcome.failed(TransportError.CANCELLED, Processed.YES));
        call.toTimer();
        call.end(2, Outcome.failed(TransportError.RESET, Processed.MAYBE));
        call.toTimer();
        call.head(3, 200);
        call.end(3, Outcome.COMPLETE);
        List<SpanData> attempts = mesh.spans("GET", SpanKind.CLIENT);
        assertThat(attempts)
                .extracting(span -> value(span, MeshSemconv.MESH_ATTEMPT_NUMBER))
                .containsExactly(1L, 2L, 3L);
        assertThat(attempts)
                .extracting(span -> span.getAttributes().get(MeshSemconv.HTTP_REQUEST_RESEND_COUNT))
                .containsExactly(null, 1L, 2L);
        assertThat(attempts)
                .extracting(span -> span.getAttributes().get(MeshSemconv.ERROR_TYPE))
                .containsExactly("503", "reset", null);
        SpanData logical = mesh.span("GET shop/catalog", SpanKind.INTERNAL);
        assertThat(logical.getEvents())
                .extracting(EventData::getName)
                .containsOnly("mesh.retry.scheduled")
                .hasSize(2);
        assertThat(attempts).extracting(SpanData::getParentSpanId).containsOnly(logical.getSpanId());
        assertThat(logical.getStatus()).isEqualTo(StatusData.unset());
        assertThat(call.sent)
                .extracting(headers -> headers.get("traceparent"))
                .containsExactlyElementsOf(attempts.stream()
                        .map(span -> "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                                + span.getSpanContext().getTraceFlags().asHex())
                        .toList());
    }

    @Test
    void aSpentBudgetIsAnEventAndAFailedCallAnError() {
        for (int i = 0; i < 40; i++) { // spends what the budget grants
            TracedMesh.Driven call = mesh.start(TracedRequest.GET);
            while (call.machine.verdict() == null) {
                Attempt last = call.attempts.get(call.attempts.size() - 1);
                if (last.outcome() == null) {
                    call.end(last.number(), Outcome.failed(TransportError.CONNECT, Processed.NO));
                } else {
                    call.toTimer();
                }
            }
        }
        assertThat(mesh.spans("GET shop/catalog", SpanKind.INTERNAL)).anySatisfy(span -> {
            assertThat(span.getEvents()).extracting(EventData::getName).contains("mesh.retry.denied");
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(value(span, MeshSemconv.ERROR_TYPE)).isEqualTo("failed");
        });
    }

    @Test
    void anAttemptShowsThatItsEndpointWasEjectedMeanwhile() {
        TracedMesh hasty = new TracedMesh(
                Sampler.alwaysOn(),
                TrafficPolicy.OutlierDetection.builder().consecutiveFailures(1).build());
        TracedMesh.Driven other = hasty.start(TracedRequest.GET);
        TracedMesh.Driven call = hasty.start(TracedRequest.GET);
        call.end(1, Outcome.failed(TransportError.CONNECT, Processed.NO));
        SpanData attempt = hasty.span("GET", SpanKind.CLIENT);
        assertThat(attempt.getEvents()).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("mesh.endpoint.ejected");
            assertThat(event.getAttributes().get(MeshSemconv.MESH_EJECTION_REASON))
                    .isEqualTo("consecutive_failures");
        });
        other.head(1, 200);
        other.end(1, Outcome.COMPLETE);
        assertThat(hasty.spans("GET", SpanKind.CLIENT).get(1).getEvents()).isEmpty(); // at the other endpoint
    }

    @Test
    void aCallBelongsToTheSpanThatIsCurrentWhereItIsMade() {
        Span own = mesh.sdk.getTracer("application").spanBuilder("checkout").startSpan();
        CallContext served = CallContext.builder()
                .trace("00-" + TRACE + "-" + PARENT + "-01", null)
                .build();
        try (Scope scope = own.makeCurrent();
                CallContext.Scope serving = served.makeCurrent()) {
            assertThat(scope).isNotNull();
            assertThat(serving).isNotNull();
            mesh.start(TracedRequest.GET).end(1, Outcome.NOT_SENT);
        }
        assertThat(mesh.span("GET shop/catalog", SpanKind.INTERNAL).getParentSpanId())
                .isEqualTo(own.getSpanContext().getSpanId());
    }

    @Test
    void theSpanMayBeCurrentOnAnotherThreadThanTheOneThatStartsTheCall() {
        Span own = mesh.sdk.getTracer("application").spanBuilder("checkout").startSpan();
        CallContext context;
        try (Scope scope = own.makeCurrent()) {
            assertThat(scope).isNotNull();
            context = mesh.engine.context();
        }
        assertThat(Context.current()).isEqualTo(Context.root());
        try (CallContext.Scope later = context.makeCurrent()) { // as the callback of an asynchronous call has it
            assertThat(later).isNotNull();
            mesh.start(TracedRequest.GET).end(1, Outcome.NOT_SENT);
        }
        assertThat(mesh.span("GET shop/catalog", SpanKind.INTERNAL).getParentSpanId())
                .isEqualTo(own.getSpanContext().getSpanId());
    }

    @Test
    void withoutASpanItBelongsToTheTraceOfTheCallThatIsServed() {
        CallContext served = CallContext.builder()
                .trace("00-" + TRACE + "-" + PARENT + "-01", "vendor=1")
                .baggage("user=7")
                .build();
        TracedMesh.Driven call;
        try (CallContext.Scope serving = served.makeCurrent()) {
            assertThat(serving).isNotNull();
            call = mesh.start(TracedRequest.GET);
            call.end(1, Outcome.NOT_SENT);
        }
        SpanData logical = mesh.span("GET shop/catalog", SpanKind.INTERNAL);
        assertThat(logical.getTraceId()).isEqualTo(TRACE);
        assertThat(logical.getParentSpanId()).isEqualTo(PARENT);
        String attempt = mesh.span("GET", SpanKind.CLIENT).getSpanId();
        assertThat(call.sent.get(0))
                .containsEntry("traceparent", "00-" + TRACE + "-" + attempt + "-01")
                .containsEntry("tracestate", "vendor=1")
                .containsEntry("baggage", "user=7");
    }

    @Test
    void belowASpanOfAnotherTraceTheStateOfTheOneThatIsServedDoesNotGoOn() {
        Span own = mesh.sdk.getTracer("application").spanBuilder("job").startSpan();
        CallContext served = CallContext.builder()
                .trace("00-" + TRACE + "-" + PARENT + "-01", "vendor=1")
                .build();
        TracedMesh.Driven call;
        try (Scope scope = own.makeCurrent();
                CallContext.Scope serving = served.makeCurrent()) {
            assertThat(scope).isNotNull();
            assertThat(serving).isNotNull();
            call = mesh.start(TracedRequest.GET);
            call.end(1, Outcome.NOT_SENT);
        }
        assertThat(call.sent.get(0).get("traceparent"))
                .contains(own.getSpanContext().getTraceId());
        assertThat(call.sent.get(0)).doesNotContainKey("tracestate");
    }

    @Test
    void aCallThatIsRoutedAgainWhileItWaitsSaysTheRuleThatItWentBy() {
        mesh.reachable = endpoint -> false;
        TracedMesh.Driven call = mesh.start(TracedRequest.GET);
        mesh.route("newer");
        call.machine.reroute(Objects.requireNonNull(mesh.engine.snapshot().byHost("catalog")), mesh.now);
        call.attempts.get(0).pick(Reachable.ALL, mesh.now);
        call.head(1, 200);
        call.end(1, Outcome.COMPLETE);

        SpanData span = mesh.span("GET shop/catalog", SpanKind.INTERNAL);
        assertThat(value(span, MeshSemconv.MESH_RULE)).isEqualTo("newer");
    }

    @Test
    void aRejectedCallHasNoAttemptAndSaysWhy() {
        mesh.start("ctalog", TracedRequest.GET);
        SpanData logical = mesh.span("GET", SpanKind.INTERNAL); // its name is free of what the caller made up
        assertThat(mesh.exporter.getFinishedSpanItems()).hasSize(1);
        assertThat(value(logical, MeshSemconv.MESH_SERVICE)).isEqualTo("ctalog");
        assertThat(value(logical, MeshSemconv.ERROR_TYPE)).isEqualTo("unknown_service");
        assertThat(value(logical, MeshSemconv.MESH_REJECTED_BY)).isEqualTo("route");
        assertThat(value(logical, MeshSemconv.MESH_ATTEMPTS)).isZero();
    }

    @Test
    void whatTheCallerGivesUpIsNoErrorAndEveryAttemptEndsAfterItsCallToo() {
        TracedMesh.Driven call = mesh.start(TracedRequest.GET);
        call.machine.onCancel(mesh.now);
        call.drain();
        assertThat(mesh.exporter.getFinishedSpanItems()).hasSize(1);
        call.end(1, Outcome.failed(TransportError.CANCELLED, Processed.MAYBE));
        SpanData attempt = mesh.span("GET", SpanKind.CLIENT);
        SpanData logical = mesh.span("GET shop/catalog", SpanKind.INTERNAL);
        assertThat(attempt.getStatus()).isEqualTo(StatusData.unset());
        assertThat(value(attempt, MeshSemconv.MESH_ATTEMPT_OUTCOME)).isEqualTo("cancelled");
        assertThat(logical.getStatus()).isEqualTo(StatusData.unset());
        assertThat(value(logical, MeshSemconv.MESH_VERDICT)).isEqualTo("cancelled");
    }

    @Test
    void aDeadlineIsATimeout() {
        TracedMesh.Driven call = mesh.start(TracedRequest.GET);
        call.toTimer();
        call.end(1, Outcome.failed(TransportError.TIMEOUT, Processed.MAYBE));
        assertThat(value(mesh.span("GET", SpanKind.CLIENT), MeshSemconv.ERROR_TYPE))
                .isEqualTo("timeout");
        assertThat(value(mesh.span("GET shop/catalog", SpanKind.INTERNAL), MeshSemconv.ERROR_TYPE))
                .isEqualTo("deadline_exceeded");
    }

    @Test
    void gRpcIsNamedByItsMethodAndEndsWithItsCode() {
        TracedMesh.Driven call = mesh.start(TracedRequest.RPC);
        call.attempts.get(0).grpcStatus(5);
        call.head(1, 404);
        call.end(1, Outcome.COMPLETE);
        SpanData attempt = mesh.span("shop.Ratings/Get", SpanKind.CLIENT);
        assertThat(value(attempt, MeshSemconv.RPC_SYSTEM_NAME)).isEqualTo("grpc");
        assertThat(value(attempt, MeshSemconv.RPC_METHOD)).isEqualTo("shop.Ratings/Get");
        assertThat(value(attempt, MeshSemconv.RPC_STATUS_CODE)).isEqualTo("NOT_FOUND");
        assertThat(value(attempt, MeshSemconv.ERROR_TYPE)).isEqualTo("NOT_FOUND");
        assertThat(attempt.getAttributes().asMap().keySet())
                .extracting(Object::toString)
                .noneMatch(name -> name.startsWith("http.") || name.startsWith("url."));
        assertThat(mesh.spans("shop.Ratings/Get shop/catalog", SpanKind.INTERNAL))
                .hasSize(1);
    }

    @Test
    void anUnusualMethodStaysOutOfNames() {
        mesh.start(new TracedRequest(Protocol.HTTP, "PURGE", "/"))
                .end(1, Outcome.failed(TransportError.EOF, Processed.MAYBE));
        SpanData attempt = mesh.span("HTTP", SpanKind.CLIENT);
        assertThat(value(attempt, MeshSemconv.HTTP_REQUEST_METHOD)).isEqualTo("_OTHER");
        assertThat(value(attempt, MeshSemconv.HTTP_REQUEST_METHOD_ORIGINAL)).isEqualTo("PURGE");
        assertThat(mesh.spans("HTTP shop/catalog", SpanKind.INTERNAL)).isEmpty(); // it is tried again
    }

    @Test
    void whatIsNotSampledIsPassedOnAsNotSampledAndHasNoSpans() {
        TracedMesh off = new TracedMesh(Sampler.alwaysOff(), TrafficPolicy.OutlierDetection.DEFAULT);
        TracedMesh.Driven call = off.start(TracedRequest.GET);
        call.head(1, 503);
        call.end(1, Outcome.failed(TransportError.CANCELLED, Processed.YES));
        call.toTimer();
        call.head(2, 200);
        call.end(2, Outcome.COMPLETE);
        assertThat(off.exporter.getFinishedSpanItems()).isEmpty();
        assertThat(call.sent)
                .hasSize(2)
                .allSatisfy(headers ->
                        assertThat(headers.get("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[02]"));
    }

    @Test
    void withoutASdkWhatCameInGoesOn() {
        OpenTelemetryTracing none = new OpenTelemetryTracing(OpenTelemetry.noop());
        FakeCall call = new FakeCall();
        Map<String, String> headers = new HashMap<>();
        none.callStarted(call);
        none.write(call, new FakeAttempt(FakeEndpoint.CATALOG, 0, null), headers::put);
        none.callEnded(call);
        assertThat(headers).isEmpty(); // the engine's own, written before, stay
    }
}
