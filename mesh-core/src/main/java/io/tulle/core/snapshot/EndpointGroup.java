package io.tulle.core.snapshot;

import io.tulle.api.call.Verdict;
import io.tulle.api.time.RandomSource;
import io.tulle.core.balance.Picker;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where a destination's calls go: a service's endpoints, or those of one subset. Thread-safe; picking takes one volatile read of the candidates.
 *
 * <p>Cap and panic are computed on the full set, never on what happens to be reachable. But an ejected endpoint that can be reached is better than a healthy
 * one that cannot: where connections are made beforehand, a dead endpoint is never called, and so never ejected.
 */
public final class EndpointGroup {
    private static final int DRAWS = 4;
    private static final int LIMIT_REPICKS = 3;

    private final ServiceSnapshot service;
    private final String subset;
    private final List<Endpoint> members;
    private final AtomicInteger turn;
    private volatile Candidates candidates;

    EndpointGroup(ServiceSnapshot service, String subset, List<Endpoint> members, int start) {
        this.service = service;
        this.subset = subset;
        this.members = List.copyOf(members);
        turn = new AtomicInteger(start);
        candidates = Candidates.of(this.members, service.policy(), service.decay(), turn);
    }

    /** Returns the service. */
    public ServiceSnapshot service() {
        return service;
    }

    /** Returns the subset's name; empty for the whole service. */
    public String subset() {
        return subset;
    }

    /** Returns every endpoint, healthy or not. */
    public List<Endpoint> endpoints() {
        return members;
    }

    /** Returns whether health is being ignored because too few endpoints are healthy. */
    public boolean panic() {
        return candidates.panic();
    }

    /** Computes the candidates anew; under the ledger's lock. */
    void refresh() {
        candidates = Candidates.of(members, service.policy(), service.decay(), turn);
    }

    /**
     * Chooses an endpoint and writes it into {@code pick}, counted in flight; or writes why there is none. Neither set means that endpoints exist but
     * none is reachable yet: wait.
     */
    public void pick(Pick pick, Reachable reachable, RandomSource random, long now) {
        Candidates current = candidates;
        Picker picker = current.picker();
        if (probe(current, pick, reachable, now)) {
            return;
        }
        if (picker == null) {
            pick.refused(members.isEmpty() ? Verdict.NO_ENDPOINTS : Verdict.NO_HEALTHY_ENDPOINT);
            return;
        }
        for (int round = 0; round <= LIMIT_REPICKS; round++) {
            boolean panic = current.panic();
            Endpoint endpoint = draw(current, picker, pick, reachable, random, now);
            Endpoint last = lastResort(endpoint, current, pick, reachable, random);
            if (last != null) {
                panic = true;
                endpoint = last;
            }
            if (endpoint == null) {
                pick.refused(null);
                return;
            }
            if (take(endpoint, pick, endpoint.state().health().admit(), panic)) {
                return;
            }
        }
        pick.refused(Verdict.OVERLOADED);
    }

    /** Returns an ejected endpoint that is to be called instead of {@code drawn}, because no healthy one can be reached, or the call was lost there before; or null. */
    private @Nullable Endpoint lastResort(
            @Nullable Endpoint drawn, Candidates current, Pick pick, Reachable reachable, RandomSource random) {
        boolean better = drawn == null || pick.lost(drawn);
        if (!better || !panicAllowed() || reachable.soon()) {
            return null;
        }
        Endpoint last = find(current.ejected(), pick, reachable, random);
        return last == null || drawn != null && pick.tried(last) ? null : last;
    }

    /** Gives the call to an ejected endpoint whose time has passed, as its one trial. */
    private boolean probe(Candidates current, Pick pick, Reachable reachable, long now) {
        if (current.ejected().length == 0 || now - current.probeAt() < 0) {
            return false;
        }
        for (Endpoint endpoint : current.ejected()) {
            if (!reachable.test(endpoint) || pick.tried(endpoint) || !hasRoom(endpoint)) {
                continue;
            }
            long ticket = service.ledger().tryProbe(endpoint.state().health(), now);
            if (ticket >= 0) {
                if (take(endpoint, pick, ticket, false)) {
                    pick.onTrial();
                    return true;
                }
                service.ledger().released(endpoint.state().health(), ticket, now);
            }
        }
        return false;
    }

    private boolean panicAllowed() {
        return service.policy().outlierDetection().panicThresholdPercent() > 0;
    }

    private boolean take(Endpoint endpoint, Pick pick, long ticket, boolean panic) {
        int inFlight = endpoint.state().load().begin();
        if (service.limit().tryAdmit(inFlight) < 0) {
            endpoint.state().load().end();
            return false;
        }
        pick.picked(endpoint, ticket, panic && !endpoint.healthy());
        return true;
    }

    private @Nullable Endpoint draw(
            Candidates current, Picker picker, Pick pick, Reachable reachable, RandomSource random, long now) {
        Endpoint[] endpoints = current.endpoints();
        for (int i = 0; i < DRAWS; i++) {
            Endpoint endpoint = endpoints[picker.pick(random, now)];
            if (reachable.test(endpoint) && !pick.tried(endpoint) && hasRoom(endpoint)) {
                return endpoint;
            }
        }
        return find(endpoints, pick, reachable, random);
    }

    /** Returns whom the call can be sent to, looking from a random one on; one that it has tried before one that is full; null when none is reachable. */
    private @Nullable Endpoint find(Endpoint[] endpoints, Pick pick, Reachable reachable, RandomSource random) {
        if (endpoints.length == 0) {
            return null;
        }
        Endpoint tried = null; // an endpoint that was tried already is better than none
        Endpoint full = null;
        int offset = RandomSource.bounded(random.nextLong(), endpoints.length);
        for (int i = 0; i < endpoints.length; i++) {
            Endpoint endpoint = endpoints[(i + offset) % endpoints.length];
            if (!reachable.test(endpoint)) {
                continue;
            }
            if (!hasRoom(endpoint)) {
                full = endpoint;
            } else if (pick.tried(endpoint)) {
                tried = endpoint;
            } else {
                return endpoint;
            }
        }
        return tried == null ? full : tried;
    }

    private boolean hasRoom(Endpoint endpoint) {
        return service.limit().tryAdmit(endpoint.inFlight() + 1) >= 0;
    }

    // What becomes of an attempt goes through the group that picked for it.

    /** The head of a picked attempt arrived after {@code latencyNanos}, and is a success. */
    public void succeeded(Endpoint endpoint, long ticket, long latencyNanos, long now) {
        EndpointState state = endpoint.state();
        if (service.ledger().succeeded(state.health(), ticket, now)) {
            state.load().restart(latencyNanos, now); // what the failures have taught is over
        } else {
            state.load().observe(latencyNanos, now, service.decay());
        }
    }

    /** A picked attempt failed on the wire: by its head, or instead of one. */
    public void failed(Endpoint endpoint, long ticket, long elapsedNanos, long now) {
        penalize(endpoint, elapsedNanos, now);
        service.ledger().failed(endpoint.state().health(), ticket, now);
    }

    /** A picked attempt whose head was a success broke later: that success was none. */
    public void broken(Endpoint endpoint, long ticket, long latencyNanos, long now) {
        penalize(endpoint, latencyNanos, now);
        service.ledger().broken(endpoint.state().health(), ticket, now);
    }

    private void penalize(Endpoint endpoint, long elapsedNanos, long now) {
        endpoint.state().load().observe(Math.max(elapsedNanos, service.failurePenaltyNanos()), now, service.decay());
    }

    /** Returns how long an attempt must have had no answer before the call's deadline is held against its endpoint: what a failure costs. */
    public long patienceNanos() {
        return service.failurePenaltyNanos();
    }

    /** A picked attempt ended before its head without saying anything about the endpoint, except that it was not faster than this. */
    public void abandoned(Endpoint endpoint, long ticket, long elapsedNanos, long now) {
        endpoint.state().load().observeAtLeast(elapsedNanos, now, service.decay());
        service.ledger().released(endpoint.state().health(), ticket, now);
    }

    /** A picked attempt is over, body included: its load is released. */
    public void ended(Endpoint endpoint) {
        endpoint.state().load().end();
    }
}
