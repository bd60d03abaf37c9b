package io.tulle.client.observe;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one call: what {@link OpenTelemetryTracing} attaches to it. Attempts are added by the thread that drains the call and looked up by the threads
 * that send them, several at a time when the call hedges.
 */
final class CallSpans {
    final Span span;
    final Context context;
    final boolean recording;
    private volatile @Nullable AttemptSpan newest;

    CallSpans(Span span, Context parent) {
        this.span = span;
        context = parent.with(span);
        recording = span.isRecording();
    }

    void add(AttemptSpan attempt) {
        attempt.former = newest;
        newest = attempt;
    }

    @Nullable
    AttemptSpan attempt(int number) {
        AttemptSpan one = newest;
        while (one != null && one.number != number) {
            one = one.former;
        }
        return one;
    }

    /** The span of one attempt. */
    static final class AttemptSpan {
        final int number;
        final Span span;
        final Context context;
        final long ejectionsBefore;
        private @Nullable AttemptSpan former; // written before it is published by newest

        AttemptSpan(int number, Span span, Context parent, long ejectionsBefore) {
            this.number = number;
            this.span = span;
            context = parent.with(span);
            this.ejectionsBefore = ejectionsBefore;
        }
    }
}
