package io.tulle.core.snapshot;

import io.tulle.api.call.Processed;
import io.tulle.api.resource.Route;
import io.tulle.api.time.RandomSource;
import io.tulle.core.retry.RetryRule;
import io.tulle.core.route.WeightedSplit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled rule of a route. Immutable but for the position of its split. */
public final class RuleSnapshot {
    private final Route.Rule rule;
    private final WeightedSplit split;
    private final EndpointGroup[] destinations;
    private final RetryRule retry;
    private final long timeoutNanos;
    private final String timeoutText;
    private final int hedgeAttempts;
    private final long hedgeDelayNanos;

    RuleSnapshot(Route.Rule rule, List<EndpointGroup> destinations, int[] weights, long seed) {
        this.rule = rule;
        this.destinations = destinations.toArray(new EndpointGroup[0]);
        split = new WeightedSplit(weights, seed);
        retry = new RetryRule(rule.retry());
        timeoutNanos = rule.timeout().toNanos();
        timeoutText = Long.toString(millis(timeoutNanos));
        Route.Hedge hedge = rule.hedge();
        hedgeAttempts = hedge == null ? 1 : hedge.attempts();
        hedgeDelayNanos = hedge == null ? 0 : hedge.delay().toNanos();
    }

    /** Returns the rule's name; empty when it has none. */
    public String name() {
        return rule.name();
    }

    /** Returns the rule as it was configured. */
    public Route.Rule settings() {
        return rule;
    }

    /** Returns where calls go, in the order of the rule's destinations; the whole service when it has none. */
    public List<EndpointGroup> destinations() {
        return List.of(destinations);
    }

    /** Returns the call's timeout in nanoseconds; 0 means none. */
    public long timeoutNanos() {
        return timeoutNanos;
    }

    /** Returns {@code nanos} as a decimal number of milliseconds, rounded up. When it is the call's timeout, as for most first attempts, no text is made. */
    public String millisText(long nanos) {
        long millis = millis(nanos);
        return millis == millis(timeoutNanos) ? timeoutText : Long.toString(millis);
    }

    private static long millis(long nanos) {
        long whole = nanos / 1_000_000;
        return nanos % 1_000_000 == 0 ? whole : whole + 1;
    }

    /** Returns whether the rule says that its calls may be repeated, or null when it does not say. */
    public @Nullable Boolean idempotent() {
        return rule.idempotent();
    }

    /** Returns how many attempts a call may have in all. */
    public int attempts() {
        return retry.attempts();
    }

    /** Returns how long one attempt may take until its head is accepted, in nanoseconds; 0 means as long as the call. */
    public long attemptTimeoutNanos() {
        return retry.attemptTimeoutNanos();
    }

    /** Returns whether a response with {@code status} is worth another attempt. */
    public boolean retriesStatus(int status) {
        return retry.retriesStatus(status);
    }

    /** Returns how long to wait before the next attempt, in nanoseconds, when {@code made} have been made. */
    public long retryDelayNanos(int made, Processed processed, RandomSource random) {
        return retry.delayNanos(made, processed, random);
    }

    /** Returns how many attempts of a call may be out at once; 1 means that calls are not hedged. */
    public int hedgeAttempts() {
        return hedgeAttempts;
    }

    /** Returns how long the latest attempt is waited for before another goes out beside it, in nanoseconds. */
    public long hedgeDelayNanos() {
        return hedgeDelayNanos;
    }

    /** Returns where the next call goes. */
    public EndpointGroup next() {
        return destinations[split.next()];
    }

    Route.Rule rule() {
        return rule;
    }
}
