package io.tulle.client.observe;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.tulle.api.call.MeshHeaders;
import io.tulle.api.context.CallContext;
import io.tulle.api.spi.AttemptHeaders;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a trace gets into and out of headers. Thread-safe. */
final class TraceHeaders {
    private static final TextMapSetter<AttemptHeaders.Sink> SETTER = (sink, name, value) -> {
        if (sink != null) {
            sink.set(name.toLowerCase(Locale.ROOT), value); // returns the name itself when it is in lower case
        }
    };

    private static final TextMapGetter<CallContext> GETTER = new TextMapGetter<>() {
        @Override
        @SuppressWarnings("deprecation") // abstract in the versions that applications may have
        public Iterable<String> keys(CallContext served) {
            return List.of(MeshHeaders.TRACEPARENT, MeshHeaders.TRACESTATE);
        }

        @Override
        public @Nullable String get(@Nullable CallContext served, String name) {
            if (served == null) {
                return null;
            }
            return switch (name) {
                case MeshHeaders.TRACEPARENT -> served.traceparent();
                case MeshHeaders.TRACESTATE -> served.tracestate();
                default -> null;
            };
        }
    };

    private final TextMapPropagator propagator;

    TraceHeaders(TextMapPropagator configured) {
        TextMapPropagator w3c = W3CTraceContextPropagator.getInstance();
        propagator = configured.fields().contains(MeshHeaders.TRACEPARENT)
                ? configured
                : TextMapPropagator.composite(w3c, configured);
    }

    void inject(Context context, AttemptHeaders.Sink sink) {
        propagator.inject(context, sink, SETTER);
    }

    /** Returns {@code where} in the trace of the call that is being served, if that says one. */
    Context extract(Context where, CallContext served) {
        return served.traceparent() == null
                ? where
                : W3CTraceContextPropagator.getInstance().extract(where, served, GETTER);
    }
}
