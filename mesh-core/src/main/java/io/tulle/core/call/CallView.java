package io.tulle.core.call;

import static io.tulle.api.time.Instants.NEVER;

import io.tulle.api.call.MeshHeaders;
import io.tulle.api.call.RequestHead;
import io.tulle.api.call.Stage;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.resource.Protocol;
import io.tulle.api.spi.AttemptHeaders;
import io.tulle.api.time.Instants;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.EndpointGroup;
import io.tulle.core.snapshot.RuleSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import org.jspecify.annotations.Nullable;

/** What is known of a call: what listeners and drivers read. {@link CallMachine} writes it. (A superclass, because a call should be one object.) */
abstract class CallView implements CallInfo {
    final MeshEngine engine;
    final String host;
    final RequestHead request;
    final CallContext context;

    long startNanos;
    long endNanos;
    long deadlineAt = NEVER;

    @Nullable
    ServiceSnapshot service;

    @Nullable
    RuleSnapshot rule;

    @Nullable
    EndpointGroup group;

    @Nullable
    Verdict verdict;

    @Nullable
    Stage rejectedBy;

    /** The attempt that was dispatched last: the head of the list that leads to all others ({@link Attempts}). */
    @Nullable
    Attempt last;

    /** The attempt that decided the call: the committed one, or the one that failed when nothing could follow. */
    @Nullable
    Attempt decisive;

    boolean committed;
    boolean panic;
    boolean retryDenied;
    private @Nullable Attachment attachments;

    CallView(
            MeshEngine engine,
            String host,
            @Nullable ServiceSnapshot service,
            RequestHead request,
            CallContext context) {
        this.engine = engine;
        this.host = host;
        this.service = service;
        this.request = request;
        this.context = context;
    }

    /** Returns when the call must be over, body included; {@link Instants#NEVER} before its start, and when it has no deadline. */
    public long deadlineNanos() {
        return deadlineAt;
    }

    /** Writes the headers of an attempt that is about to be sent; the driver calls it each time that it sends one. */
    public void writeHeaders(Attempt of, AttemptHeaders.Sink sink, long now) {
        RuleSnapshot matched = rule;
        if (deadlineAt != NEVER && matched != null) {
            sink.set(MeshHeaders.TIMEOUT_MS, matched.millisText(Math.max(1, deadlineAt - now)));
        }
        if (of.number() > 1) {
            sink.set(MeshHeaders.ATTEMPT, Integer.toString(of.number()));
        }
        passOn(MeshHeaders.TRACEPARENT, context.traceparent(), sink);
        passOn(MeshHeaders.BAGGAGE, context.baggage(), sink);
        writeOwn(of, sink); // last: a span of this process goes before the one that it belongs to
    }

    private void writeOwn(Attempt of, AttemptHeaders.Sink sink) {
        String state = context.tracestate();
        if (state == null) {
            engine.headers().write(this, of, sink);
        } else {
            TraceSink traced = new TraceSink(sink);
            engine.headers().write(this, of, traced);
            traced.passOn(state);
        }
    }

    private static void passOn(String name, @Nullable String value, AttemptHeaders.Sink sink) {
        if (value != null) {
            sink.set(name, value);
        }
    }

    /** Returns what a caller should be told when the call ended without a response: what happened, where, and what was known. */
    public String message() {
        if (verdict == Verdict.UNKNOWN_SERVICE) {
            return engine.snapshot().unknown(host);
        }
        if (verdict == Verdict.DEADLINE_EXCEEDED && service == null) {
            return engine.snapshot().unknown(host) + "; the deadline has passed while the call waited";
        }
        int endpoints = group == null ? 0 : group.endpoints().size();
        return new CallMessage(this).text(shown(), endpoints, retryDenied);
    }

    @Override
    public String service() {
        return group != null ? group.service().name() : service != null ? service.name() : host;
    }

    @Override
    public String rule() {
        return rule == null ? "" : rule.name();
    }

    @Override
    public String subset() {
        return group == null ? "" : group.subset();
    }

    @Override
    public Protocol protocol() {
        return request.protocol();
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public long startNanos() {
        return startNanos;
    }

    @Override
    public long endNanos() {
        return endNanos;
    }

    @Override
    public int attempts() {
        return last == null ? 0 : last.number();
    }

    @Override
    public @Nullable Endpoint endpoint() {
        Attempt shown = shown();
        return shown == null ? null : shown.endpoint();
    }

    private @Nullable Attempt shown() {
        return decisive == null ? last : decisive;
    }

    @Override
    public @Nullable Verdict verdict() {
        return verdict;
    }

    @Override
    public int status() {
        return decisive != null && committed ? decisive.status() : 0;
    }

    @Override
    public int grpcStatus() {
        Attempt shown = shown();
        return shown == null ? -1 : shown.grpcStatus();
    }

    @Override
    public @Nullable Stage rejectedBy() {
        return rejectedBy;
    }

    @Override
    public boolean panic() {
        return panic;
    }

    @Override
    public CallContext context() {
        return context;
    }

    @Override
    public @Nullable Object attached(Object owner) {
        return Attachment.find(owner, attachments);
    }

    @Override
    public void attach(Object owner, Object value) {
        attachments = new Attachment(owner, value, attachments);
    }
}
