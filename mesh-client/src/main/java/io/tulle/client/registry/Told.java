package io.tulle.client.registry;

import io.tulle.client.wire.Renewal;
import java.util.List;

/** What the registry has been told about subscriptions and about what is not in force as it was sent, and what is news to it. Confined to the session's thread. */
final class Told {
    private final Beliefs beliefs;
    private final Enforcement enforcement;
    private boolean subscriptionsNew;
    private boolean subscriptionsSent;
    private List<Renewal.Rejected> rejected = List.of();
    private int held;

    Told(Beliefs beliefs, Enforcement enforcement) {
        this.beliefs = beliefs;
        this.enforcement = enforcement;
    }

    /** Returns the services that are followed. */
    List<String> subscriptions() {
        return beliefs.services().stream().map(ServiceBelief::service).toList();
    }

    /** There is a subscription of which the registry has not been told. */
    void newSubscription() {
        subscriptionsNew = true;
    }

    /** Returns whether there is a subscription of which the registry has not been told. */
    boolean owesSubscriptions() {
        return subscriptionsNew;
    }

    /** All subscriptions go out with the introduction; when that fails, they go out with the next. */
    void introduced() {
        subscriptionsNew = false;
    }

    /** Returns the next renewal; it counts as told. */
    Renewal renewal(long now, long staleMillis) {
        List<String> changed = subscriptionsNew ? subscriptions() : null;
        subscriptionsSent = subscriptionsNew;
        subscriptionsNew = false;
        List<Renewal.Held> holding = Report.held(beliefs, now);
        rejected = Report.rejected(beliefs, enforcement);
        held = holding.size();
        return new Renewal(changed, enforcement.applied(), rejected, holding, staleMillis);
    }

    /** The last renewal has not arrived. */
    void failed() {
        subscriptionsNew |= subscriptionsSent;
    }

    /** Returns whether something is rejected or held, or not any more, of which the registry has not been told. */
    boolean owesReport(long now) {
        return !Report.rejected(beliefs, enforcement).equals(rejected)
                || Report.held(beliefs, now).size() != held;
    }
}
