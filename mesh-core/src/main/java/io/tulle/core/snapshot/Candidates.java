package io.tulle.core.snapshot;

import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.balance.Decay;
import io.tulle.core.balance.EndpointLoad;
import io.tulle.core.balance.PeakEwmaPicker;
import io.tulle.core.balance.Picker;
import io.tulle.core.balance.RoundRobinPicker;
import io.tulle.core.outlier.EjectionLedger;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who of a group may be picked now: an immutable view that a group replaces whenever the ledger changes.
 *
 * @param endpoints what {@code picker} chooses from
 * @param picker null when there is nobody to choose
 * @param ejected the group's endpoints that are out: they wait for a trial, or for the end of one
 * @param probeAt when the first of them is due; meaningless when there are none
 * @param panic whether health is ignored because too few are healthy
 */
record Candidates(Endpoint[] endpoints, @Nullable Picker picker, Endpoint[] ejected, long probeAt, boolean panic) {

    /** Computes who may be picked. Under the ledger's lock, or before the group is published. */
    static Candidates of(List<Endpoint> members, TrafficPolicy.Spec policy, Decay decay, AtomicInteger turn) {
        List<Endpoint> active =
                members.stream().filter(endpoint -> !endpoint.draining()).toList();
        List<Endpoint> usable = active.isEmpty() ? members : active;
        List<Endpoint> healthy = usable.stream().filter(Endpoint::healthy).toList();
        List<Endpoint> ejected =
                usable.stream().filter(endpoint -> !endpoint.healthy()).toList();
        long fit = healthy.stream()
                .filter(endpoint -> !endpoint.state().health().spared())
                .count();
        boolean panic = fit * 100.0 < policy.outlierDetection().panicThresholdPercent() * usable.size();
        List<Endpoint> chosen = panic ? usable : healthy;
        long probeAt = EjectionLedger.earliestProbe(
                ejected.stream().map(endpoint -> endpoint.state().health()).toList(), 0);
        return new Candidates(
                chosen.toArray(new Endpoint[0]),
                chosen.isEmpty() ? null : picker(chosen, policy, decay, turn),
                ejected.toArray(new Endpoint[0]),
                probeAt,
                panic);
    }

    private static Picker picker(List<Endpoint> endpoints, TrafficPolicy.Spec policy, Decay decay, AtomicInteger turn) {
        int[] weights = endpoints.stream().mapToInt(Endpoint::weight).toArray();
        return switch (policy.loadBalancer().algorithm()) {
            case PEAK_EWMA ->
                new PeakEwmaPicker(
                        endpoints.stream()
                                .map(endpoint -> endpoint.state().load())
                                .toArray(EndpointLoad[]::new),
                        weights,
                        decay);
            case ROUND_ROBIN -> new RoundRobinPicker(weights, turn);
        };
    }
}
