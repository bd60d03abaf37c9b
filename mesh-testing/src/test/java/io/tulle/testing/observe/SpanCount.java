package io.tulle.testing.observe;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Counts how spans begin and end. The SDK passes on the first end of a span only and mentions a second one in its log, which is read here too. Not thread-safe.
 */
final class SpanCount implements SpanProcessor, AutoCloseable {
    private final Logger log = Logger.getLogger("io.opentelemetry.sdk.trace.SdkSpan");
    private final Map<SpanKind, Integer> started = new HashMap<>();
    private final Map<String, String> open = new HashMap<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            complaints++;
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };
    private int complaints;

    SpanCount() {
        handler.setLevel(Level.ALL);
        log.setLevel(Level.ALL);
        log.setUseParentHandlers(false);
        log.addHandler(handler);
    }

    int started(SpanKind kind) {
        return started.getOrDefault(kind, 0);
    }

    /** Returns the spans that have begun and not ended. */
    Map<String, String> open() {
        return Map.copyOf(open);
    }

    /** Returns how often the SDK has complained, of a second end for instance. */
    int complaints() {
        return complaints;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        started.merge(span.getKind(), 1, Integer::sum);
        open.put(span.getSpanContext().getSpanId(), span.getName());
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        open.remove(span.getSpanContext().getSpanId());
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public void close() {
        log.removeHandler(handler);
        log.setUseParentHandlers(true);
        log.setLevel(null);
    }
}
