package io.tulle.client.registry;

import io.tulle.api.resource.ContradictoryResourcesException;
import io.tulle.api.resource.Resource;
import io.tulle.api.source.ResourceSource.Sink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts what is believed in force, as far as it fits together. A resource that does not fit keeps the version it had and holds back nothing else. Confined to the
 * session's thread.
 */
final class Enforcement {
    private static final int MOST_TRIES = 1_000;

    private final Sink sink;
    private Map<String, Resource> inForce = Map.of();
    private Map<String, Candidate.Rejection> rejections = Map.of();
    private Map<String, Long> applied = Map.of();

    Enforcement(Sink sink) {
        this.sink = sink;
    }

    /** Puts everything in force that can be; returns services that routes lead to and that nothing is known of. */
    Set<String> enforce(Iterable<ServiceBelief> beliefs) {
        Map<String, Resource> offered = new TreeMap<>();
        Map<String, Long> revisions = new LinkedHashMap<>();
        for (ServiceBelief belief : beliefs) {
            offered.putAll(belief.offered());
            if (belief.last() != ServiceBelief.NOT_HEARD) {
                revisions.put(belief.service(), belief.last());
            }
        }
        Candidate candidate = new Candidate(inForce, offered);
        Set<String> missing = candidate.holdBackRoutes();
        settle(candidate);
        report(candidate.rejections());
        applied = revisions;
        return missing;
    }

    private void settle(Candidate candidate) {
        for (int i = 0; i < MOST_TRIES; i++) {
            if (candidate.chosen().equals(inForce)) {
                return;
            }
            try {
                sink.accept(new ArrayList<>(candidate.chosen().values()));
                inForce = Map.copyOf(candidate.chosen());
                return;
            } catch (ContradictoryResourcesException e) {
                if (e.problems().isEmpty() || !candidate.giveWay(e.problems())) {
                    return;
                }
            } catch (RuntimeException e) { // whatever it is, the last good set stays
                candidate.giveWayWholly("cannot be put in force: " + e);
                return;
            }
        }
    }

    private void report(Map<String, Candidate.Rejection> now) {
        Map<String, Candidate.Rejection> before = new HashMap<>(rejections);
        rejections = Map.copyOf(now);
        now.forEach((title, rejection) -> {
            if (!rejection.waits() && !rejection.equals(before.get(title))) {
                sink.rejected(title + ": " + rejection.reason());
            }
        });
    }

    /** Returns what is in force, by title. */
    Map<String, Resource> inForce() {
        return inForce;
    }

    /** Returns which resources are not in force as they were offered, by title. */
    Map<String, Candidate.Rejection> rejections() {
        return rejections;
    }

    /** Returns per service the revision that is in force, but for rejections. */
    Map<String, Long> applied() {
        return applied;
    }
}
