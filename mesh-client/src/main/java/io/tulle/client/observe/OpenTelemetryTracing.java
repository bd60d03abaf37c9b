package io.tulle.client.observe;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.tulle.api.call.Stage;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.EjectionReason;
import io.tulle.api.listener.EndpointInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Protocol;
import io.tulle.api.spi.AttemptHeaders;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes OpenTelemetry spans of calls and their attempts, and puts the trace context on every attempt. Needs {@code opentelemetry-api} on the class path.
 * Thread-safe.
 *
 * <pre>{@code
 * OpenTelemetryTracing tracing = new OpenTelemetryTracing(openTelemetry);
 * Mesh mesh = Mesh.builder().listener(tracing).headers(tracing)...build();
 * }</pre>
 *
 * <p>A call is a span of kind INTERNAL, each of its attempts below it one of kind CLIENT with the attributes that the semantic conventions have for HTTP and
 * gRPC. The conventions want a client span for each request on the wire, with the number of the resend, and none around them: one more client span would
 * count each request twice, in what is derived from spans, and would stand between a client's span and the server's.
 *
 * <p>A call belongs to the span that is current where the application makes it; without one, to the trace of the call that is being served ({@link
 * CallContext#traceparent}). An attempt that could not be sent, because no endpoint was there to take it, has no span: the call's says why. When the span of
 * a call is not recorded, its attempts have none, and pass its context on.
 */
public final class OpenTelemetryTracing implements MeshListener, AttemptHeaders {
    private static final String SCOPE = "io.tulle.mesh";

    private final Tracer tracer;
    private final TraceHeaders headers;
    private final RecentEjections ejections = new RecentEjections();

    /**
     * Creates a tracing with a tracer of {@code openTelemetry}. Its propagators write the headers; W3C Trace Context is written even when it is not one of them,
     * because that is what a mesh understands.
     */
    public OpenTelemetryTracing(OpenTelemetry openTelemetry) {
        tracer = openTelemetry
                .getTracerProvider()
                .tracerBuilder(SCOPE)
                .setSchemaUrl(MeshSemconv.SCHEMA_URL)
                .build();
        headers = new TraceHeaders(openTelemetry.getPropagators().getTextMapPropagator());
    }

    // ---- where a call is made, and what it carries ----

    @Override
    public @Nullable Object capture() {
        Context current = Context.current();
        return current.equals(Context.root()) ? null : current;
    }

    @Override
    public void write(CallInfo call, AttemptInfo attempt, Sink sink) {
        CallSpans spans = spans(call);
        if (spans != null) {
            CallSpans.AttemptSpan own = spans.attempt(attempt.number());
            headers.inject(own == null ? spans.context : own.context, sink);
        }
    }

    // ---- calls ----

    @Override
    public void callStarted(CallInfo call) {
        Context parent = parent(call.context());
        Span span = tracer.spanBuilder(name(call))
                .setSpanKind(SpanKind.INTERNAL)
                .setParent(parent)
                .startSpan();
        call.attach(this, new CallSpans(span, parent));
    }

    /** At the end, as meters and access log: a call that waits may be routed again. */
    private static void describeRoute(Span span, CallInfo call) {
        span.setAttribute(MeshSemconv.MESH_SERVICE, Labels.cut(call.service()));
        if (!call.rule().isEmpty()) {
            span.setAttribute(MeshSemconv.MESH_RULE, call.rule());
        }
        if (!call.subset().isEmpty()) {
            span.setAttribute(MeshSemconv.MESH_SUBSET, call.subset());
        }
        if (call.protocol() != Protocol.GRPC) { // a gRPC path is the span's name
            span.setAttribute(MeshSemconv.URL_PATH, Labels.cut(call.path()));
        }
    }

    /** A service that is not known does not belong into a name. */
    private static String name(CallInfo call) {
        String method = AttemptDescription.name(call);
        String service = call.service();
        return Labels.knownService(service) ? method + " " + service : method;
    }

    private Context parent(CallContext context) {
        Context where = context.carried() instanceof Context carried ? carried : Context.current();
        return Span.fromContext(where).getSpanContext().isValid() ? where : headers.extract(where, context);
    }

    @Override
    public void callEnded(CallInfo call) {
        CallSpans spans = spans(call);
        if (spans == null) {
            return;
        }
        if (spans.recording) {
            describeRoute(spans.span, call);
            describeEnd(spans.span, call);
        }
        spans.span.end();
    }

    private static void describeEnd(Span span, CallInfo call) {
        span.setAttribute(MeshSemconv.MESH_ATTEMPTS, (long) call.attempts());
        Stage stage = call.rejectedBy();
        if (stage != null) {
            span.setAttribute(MeshSemconv.MESH_REJECTED_BY, Labels.of(stage));
        }
        if (call.panic()) {
            span.setAttribute(MeshSemconv.MESH_PANIC, true);
        }
        Verdict verdict = call.verdict();
        if (verdict != null) {
            String says = Labels.of(verdict);
            span.setAttribute(MeshSemconv.MESH_VERDICT, says);
            if (verdict != Verdict.SUCCESS && verdict != Verdict.CANCELLED) { // giving up is the caller's right
                span.setAttribute(MeshSemconv.ERROR_TYPE, says);
                span.setStatus(StatusCode.ERROR);
            }
        }
    }

    @Override
    public void retryScheduled(CallInfo call, long delayNanos) {
        CallSpans spans = spans(call);
        if (spans != null && spans.recording) {
            long millis = TimeUnit.NANOSECONDS.toMillis(delayNanos);
            spans.span.addEvent(
                    MeshSemconv.RETRY_SCHEDULED, Attributes.of(MeshSemconv.MESH_RETRY_DELAY_MILLIS, millis));
        }
    }

    @Override
    public void retryDenied(CallInfo call) {
        CallSpans spans = spans(call);
        if (spans != null && spans.recording) {
            spans.span.addEvent(MeshSemconv.RETRY_DENIED);
        }
    }

    // ---- attempts ----

    @Override
    public void attemptStarted(CallInfo call, AttemptInfo attempt) {
        CallSpans spans = spans(call);
        if (spans == null || !spans.recording || attempt.endpoint() == null) {
            return;
        }
        SpanBuilder builder = tracer.spanBuilder(AttemptDescription.name(call))
                .setSpanKind(SpanKind.CLIENT)
                .setParent(spans.context);
        AttemptDescription.begin(builder, call, attempt);
        spans.add(new CallSpans.AttemptSpan(attempt.number(), builder.startSpan(), spans.context, ejections.count()));
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        CallSpans spans = spans(call);
        CallSpans.AttemptSpan own = spans == null ? null : spans.attempt(attempt.number());
        if (own == null) {
            return;
        }
        AttemptDescription.end(own.span, call, attempt);
        EndpointInfo endpoint = attempt.endpoint();
        if (endpoint != null) {
            ejections.since(own.ejectionsBefore, endpoint.id(), ejection -> addEjection(own.span, ejection));
        }
        own.span.end();
    }

    @Override
    public void endpointEjected(EndpointInfo endpoint, EjectionReason reason, long nanos) {
        ejections.add(new RecentEjections.Ejection(endpoint.id(), reason, nanos));
    }

    private static void addEjection(Span span, RecentEjections.Ejection ejection) {
        long millis = TimeUnit.NANOSECONDS.toMillis(ejection.nanos());
        span.addEvent(
                MeshSemconv.ENDPOINT_EJECTED,
                Attributes.of(
                        MeshSemconv.MESH_EJECTION_REASON,
                        Labels.of(ejection.reason()),
                        MeshSemconv.MESH_EJECTION_MILLIS,
                        millis));
    }

    private @Nullable CallSpans spans(CallInfo call) {
        return call.attached(this) instanceof CallSpans own ? own : null;
    }
}
