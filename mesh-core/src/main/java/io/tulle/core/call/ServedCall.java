package io.tulle.core.call;

import io.tulle.api.call.Denial;
import io.tulle.api.call.InboundHead;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.listener.ServedInfo;
import io.tulle.api.resource.Protocol;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request that this process serves, from its admission or refusal to its end. A server adapter refuses what has a {@link #denial}, else makes {@link #context}
 * current for the handler, and says when the answer is complete. Thread-safe.
 */
public final class ServedCall implements ServedInfo {
    /** How serving ended, as a fact. */
    public enum End {
        /** An answer was given in full. */
        ANSWERED,
        /** The handler failed, or its answer could not be written to its end. */
        BROKEN,
        /** The caller gave the call up. */
        CANCELLED
    }

    private final Inbound inbound;
    private final Protocol protocol;
    private final String method;
    private final String path;
    private final CallContext context;
    private final @Nullable Denial denial;
    private final long startNanos;
    private final AtomicBoolean over = new AtomicBoolean();
    private long endNanos;
    private int status;
    private volatile int grpcStatus = -1;
    private @Nullable Verdict verdict;

    ServedCall(Inbound inbound, InboundHead head, CallContext context, @Nullable Denial denial, long now) {
        this.inbound = inbound;
        protocol = head.protocol(); // copied: servers use their request objects again
        method = head.method();
        path = head.path();
        this.context = context;
        this.denial = denial;
        startNanos = now;
    }

    /**
     * The request is over; only the first report counts, because servers report some ends twice.
     *
     * @param answered the status of the answer, for gRPC the HTTP status that stands for its code; 0 when there was none
     */
    public void ended(int answered, End how, long now) {
        if (over.compareAndSet(false, true)) {
            status = answered;
            endNanos = now;
            verdict = verdictOf(answered, how);
            inbound.ended(this);
        }
    }

    /** Notes the gRPC code (0 to 16) of the answer; the adapter calls it before {@link #ended}. */
    public void grpcStatus(int code) {
        grpcStatus = code;
    }

    private Verdict verdictOf(int answered, End how) {
        if (denial != null) {
            return denial == Denial.EXPIRED ? Verdict.DEADLINE_EXCEEDED : Verdict.OVERLOADED;
        }
        return switch (how) {
            case BROKEN -> Verdict.FAILED;
            case CANCELLED -> Verdict.CANCELLED;
            case ANSWERED ->
                inbound.classifier().status(answered) == ResponseClassifier.Class.FAILURE
                        ? Verdict.FAILED_RESPONSE
                        : Verdict.SUCCESS;
        };
    }

    /**
     * Returns whether an answer of {@code answer} must tell the caller not to try again ({@code x-mesh-retry: never}), because retrying was tried below and
     * more of it would multiply. Ask when the head is about to be sent.
     */
    public boolean sparesRetries(int answer) {
        return answer >= 500 && context.retriesSpent();
    }

    @Override
    public String service() {
        return inbound.service();
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public CallContext context() {
        return context;
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
    public int status() {
        return status;
    }

    @Override
    public int grpcStatus() {
        return grpcStatus;
    }

    @Override
    public @Nullable Denial denial() {
        return denial;
    }

    @Override
    public @Nullable Verdict verdict() {
        return verdict;
    }
}
