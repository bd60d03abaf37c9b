package io.tulle.core.snapshot;

import io.tulle.api.call.RequestHead;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.balance.Decay;
import io.tulle.core.breaker.CircuitBreaker;
import io.tulle.core.limit.InFlightLimit;
import io.tulle.core.outlier.EjectionLedger;
import io.tulle.core.route.RuleIndex;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled service: its rules, its endpoints by subset, its protections. Immutable; what it points to keeps its own state. */
public final class ServiceSnapshot {
    private final String name;
    private final Protocol protocol;
    private final TrafficPolicy.Spec policy;
    private final Decay decay;
    private final InFlightLimit limit;
    private final long failurePenaltyNanos;
    private final ServiceState state;
    private final Map<String, EndpointGroup> groups;

    // Set once by the compiler, before publication.
    private RuleSnapshot[] rules = {};
    private RuleIndex index = new RuleIndex(List.of());

    ServiceSnapshot(
            String name, Protocol protocol, TrafficPolicy.Spec policy, ServiceState state, GroupFactory groupFactory) {
        this.name = name;
        this.protocol = protocol;
        this.policy = policy;
        this.state = state;
        decay = new Decay(policy.loadBalancer().decay().toNanos());
        failurePenaltyNanos = policy.loadBalancer().failurePenalty().toNanos();
        TrafficPolicy.ConcurrencyLimit fixed = policy.concurrencyLimit();
        limit = fixed == null ? InFlightLimit.NONE : new InFlightLimit(fixed.maxInFlightPerEndpoint());
        groups = groupFactory.groups(this);
    }

    /** Makes the groups of a service that is being built. */
    interface GroupFactory {
        /** Returns the groups by subset name, the whole service under the empty name. */
        Map<String, EndpointGroup> groups(ServiceSnapshot service);
    }

    void rules(List<RuleSnapshot> compiled) {
        rules = compiled.toArray(new RuleSnapshot[0]);
        index = new RuleIndex(compiled.stream().map(RuleSnapshot::rule).toList());
    }

    /** Returns {@code namespace/name}. */
    public String name() {
        return name;
    }

    /** Returns what the service speaks. */
    public Protocol protocol() {
        return protocol;
    }

    /** Returns every endpoint of the service. */
    public List<Endpoint> endpoints() {
        return whole().endpoints();
    }

    /** Returns the group of a subset (empty for the whole service), or null when there is no such subset. */
    public @Nullable EndpointGroup group(String subset) {
        return groups.get(subset);
    }

    /** Returns the rules in the order in which they are tried; the last one matches everything. */
    public List<RuleSnapshot> rules() {
        return List.of(rules);
    }

    /** Returns the first rule that {@code request} matches; the last one matches everything. */
    public RuleSnapshot match(RequestHead request) {
        return rules[index.first(request)];
    }

    /** Asks the service breaker: a ticket (0 or more) that is to be completed or released once, or a negative number while it is open. */
    public long admit(long now) {
        CircuitBreaker breaker = state.breaker();
        return breaker == null ? 0 : breaker.tryAdmit(now);
    }

    /** Counts the verdict of an admitted call. */
    public void completed(long ticket, boolean success, long now) {
        CircuitBreaker breaker = state.breaker();
        if (breaker != null) {
            breaker.complete(ticket, success, now);
        }
    }

    /** Gives back the ticket of a call that says nothing about the service. */
    public void released(long ticket) {
        CircuitBreaker breaker = state.breaker();
        if (breaker != null) {
            breaker.release(ticket);
        }
    }

    /** Notes a call for the retry budget. */
    public void called(long now) {
        state.budget().deposit(now);
    }

    /** Pays for a retry; false when the budget is spent. */
    public boolean payRetry(long now) {
        return state.budget().withdraw(now);
    }

    /** Returns how many requests a process of this service may serve at the same time; {@link Integer#MAX_VALUE} when that is not bounded. */
    public int maxInbound() {
        TrafficPolicy.Inbound inbound = policy.inbound();
        Integer max = inbound == null ? null : inbound.maxInFlight();
        return max == null ? Integer.MAX_VALUE : max;
    }

    EndpointGroup whole() {
        EndpointGroup all = groups.get("");
        if (all == null) {
            throw new IllegalStateException(name + " has no group of all its endpoints");
        }
        return all;
    }

    void refreshGroups() {
        groups.values().forEach(EndpointGroup::refresh);
    }

    TrafficPolicy.Spec policy() {
        return policy;
    }

    Decay decay() {
        return decay;
    }

    InFlightLimit limit() {
        return limit;
    }

    long failurePenaltyNanos() {
        return failurePenaltyNanos;
    }

    EjectionLedger ledger() {
        return state.ledger();
    }

    ServiceState state() {
        return state;
    }
}
