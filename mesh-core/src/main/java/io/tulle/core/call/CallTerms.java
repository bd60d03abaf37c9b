package io.tulle.core.call;

import static io.tulle.api.time.Instants.NEVER;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.RequestHead;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.time.Instants;
import io.tulle.core.retry.RetryRule;
import io.tulle.core.snapshot.EndpointGroup;
import io.tulle.core.snapshot.RuleSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * On which terms a call is made: how long it may take, whether it may be repeated, when, and who pays. What its rule, its caller and what is known of it
 * answer together; nothing here changes the state of the call, but for noting that the budget was spent.
 */
abstract class CallTerms extends CallView {
    /** What {@link #retryDelay} returns when there is no further attempt. */
    static final long NO_RETRY = -1;

    private final MeshCallOptions options;

    /** Whether and when another attempt goes beside those that are out; null when this call is not hedged. */
    @Nullable
    Hedging hedging;

    CallTerms(
            MeshEngine engine,
            String host,
            @Nullable ServiceSnapshot service,
            RequestHead request,
            MeshCallOptions options,
            CallContext context) {
        super(engine, host, service, request, context);
        this.options = options;
    }

    /** Returns whether several attempts may be out at once; known from the first DISPATCH on. */
    public boolean hedges() {
        return hedging != null;
    }

    final long deadline(RuleSnapshot matched, long now) {
        return Instants.earlier(ownDeadline(matched, now), context.deadlineNanos());
    }

    private long ownDeadline(RuleSnapshot matched, long now) {
        Duration own = options.deadline();
        return own == null ? unlessZero(matched.timeoutNanos(), now) : Instants.after(now, own);
    }

    /** Returns when an attempt that starts at {@code now} has taken too long. */
    final long attemptTimeout(long now) {
        return unlessZero(requireRule().attemptTimeoutNanos(), now);
    }

    private static long unlessZero(long timeout, long now) {
        return timeout == 0 ? NEVER : Instants.after(now, timeout);
    }

    final @Nullable Hedging hedging(RuleSnapshot matched) {
        return matched.hedgeAttempts() > 1 && request.hedgeable() && idempotent()
                ? new Hedging(matched.hedgeDelayNanos(), matched.hedgeAttempts())
                : null;
    }

    /** Returns whether a response with this head may be left in favour of another attempt. */
    final boolean mayRepeat(boolean refused) {
        return request.replayable() && (refused || idempotent());
    }

    /** What was certainly not processed may have been written all the same: a one-shot body is then gone. */
    final boolean mayRepeat(@Nullable TransportError error, Outcome outcome) {
        return request.replayable() && RetryRule.retriesError(error, outcome.processed(), idempotent());
    }

    private boolean idempotent() {
        Boolean word = options.idempotent() == null ? requireRule().idempotent() : options.idempotent();
        return word == null ? request.idempotent() : word;
    }

    /** Decides whether another attempt may follow when none is out any more, and pays for it. Returns after how long; or {@link #NO_RETRY}. */
    final long retryDelay(Processed processed, long pushBackNanos, long now) {
        RuleSnapshot matched = requireRule();
        int made = attempts();
        long pause = hedging == null ? pushBackNanos : Math.max(pushBackNanos, hedging.pause(now));
        if (made >= matched.attempts() || pause == NEVER) {
            return NO_RETRY;
        }
        long delay = Math.max(matched.retryDelayNanos(made, processed, engine.random()), pause);
        boolean fits = deadlineAt == NEVER || deadlineAt - now > delay;
        return fits && pay(now) ? delay : NO_RETRY;
    }

    /** Decides whether another attempt may go out beside others, and pays for it. */
    final boolean mayHedge(long now) {
        return attempts() < requireRule().attempts() && request.hedgeable() && pay(now);
    }

    private boolean pay(long now) {
        if (service != null && service.payRetry(now)) {
            return true;
        }
        if (!retryDenied) {
            retryDenied = true;
            engine.listener().retryDenied(this);
        }
        return false;
    }

    /** Returns what the end of the committed attempt makes of the call, when nothing has stopped it. */
    final Verdict verdictOn(Attempt response, @Nullable TransportError error) {
        boolean failedStatus = engine.classifier().status(response.status()) == ResponseClassifier.Class.FAILURE;
        return failedStatus || error != null && error != TransportError.LEAKED
                ? Verdict.FAILED_RESPONSE
                : Verdict.SUCCESS;
    }

    /** What the end of an attempt tells about its endpoint beyond what its head has told. */
    final ResponseClassifier.Class verdictOnEndpoint(@Nullable TransportError error) {
        return error == null
                ? ResponseClassifier.Class.SUCCESS
                : engine.classifier().error(error);
    }

    final RuleSnapshot requireRule() {
        if (rule == null) {
            throw new IllegalStateException("event before start");
        }
        return rule;
    }

    final EndpointGroup requireGroup() {
        if (group == null) {
            throw new IllegalStateException("event before start");
        }
        return group;
    }
}
