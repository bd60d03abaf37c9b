package io.tulle.core.call;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.RequestHead;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
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

    /** What a clock of 64-bit nanoseconds can tell apart; a longer deadline is none. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

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

    /** Returns {@code now + nanos}, avoiding the one value that means never. */
    static long at(long now, long nanos) {
        long instant = now + nanos;
        return instant == NEVER ? NEVER - 1 : instant;
    }

    /** Returns the earlier of two instants, either of which may be {@link #NEVER}. */
    static long earlier(long one, long other) {
        return one == NEVER || other != NEVER && other - one < 0 ? other : one;
    }

    /** Returns whether an instant, which may be {@link #NEVER}, has come. */
    static boolean hasCome(long instant, long now) {
        return instant != NEVER && now - instant >= 0;
    }

    final long deadline(RuleSnapshot matched, long now) {
        return earlier(ownDeadline(matched, now), context.deadlineNanos());
    }

    private long ownDeadline(RuleSnapshot matched, long now) {
        Duration own = options.deadline();
        if (own != null && own.compareTo(LONGEST) > 0) {
            return NEVER;
        }
        long timeout = own == null ? matched.timeoutNanos() : own.toNanos();
        return timeout == 0 ? NEVER : at(now, timeout);
    }

    /** Returns when an attempt that starts at {@code now} has taken too long. */
    final long attemptTimeout(long now) {
        long timeout = requireRule().attemptTimeoutNanos();
        return timeout == 0 ? NEVER : at(now, timeout);
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
        if (made >= matched.attempts() || pause == Long.MAX_VALUE) {
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
