package io.tulle.proofs.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What a watcher should have got and has not, yet: by revision and service. A snapshot of the service makes up for it, unless a later change of the same
 * service has come already. Not thread-safe.
 */
final class Missing {
    private final NavigableMap<Long, Map<String, Gap>> gaps = new TreeMap<>();

    /**
     * One service's part of one revision.
     *
     * @param broken what is broken if it never comes; {@link Guarantee#DURABLE} when nobody got it: then it is not the stream that left it out
     * @param overtaken whether a later change of the service came first
     * @param claimed whether a progress mark has said that it was sent
     */
    record Gap(Guarantee broken, boolean overtaken, boolean claimed) {}

    void add(long revision, String service, Guarantee broken) {
        gaps.computeIfAbsent(revision, any -> new TreeMap<>()).putIfAbsent(service, new Gap(broken, false, false));
    }

    /** Returns whether a service's part of a revision was missing; it is not any more. */
    boolean remove(long revision, String service) {
        Map<String, Gap> services = gaps.getOrDefault(revision, Map.of());
        if (!services.containsKey(service)) {
            return false;
        }
        services.remove(service);
        if (services.isEmpty()) {
            gaps.remove(revision);
        }
        return true;
    }

    /** A change of the service came with this revision: what is missing before can only come out of order. */
    void overtake(String service, long revision) {
        gaps.headMap(revision)
                .values()
                .forEach(services ->
                        services.computeIfPresent(service, (any, gap) -> new Gap(gap.broken(), true, gap.claimed())));
    }

    /** The service's whole state as of this revision came. */
    void makeUp(String service, long revision) {
        gaps.headMap(revision, true).values().forEach(services -> {
            Gap gap = services.get(service);
            if (gap != null && !gap.overtaken()) {
                services.remove(service);
            }
        });
        gaps.values().removeIf(Map::isEmpty);
    }

    /** Returns the revisions up to this one of which something is missing and that no progress mark has claimed yet; from now on they are claimed. */
    List<Long> claim(long revision) {
        List<Long> claimed = new ArrayList<>();
        gaps.headMap(revision, true).forEach((each, services) -> {
            if (services.values().stream().anyMatch(gap -> !gap.claimed() && gap.broken() != Guarantee.DURABLE)) {
                claimed.add(each);
                services.replaceAll((service, gap) -> new Gap(gap.broken(), gap.overtaken(), true));
            }
        });
        return claimed;
    }

    /** Tells all that is missing. */
    void forEach(BiConsumer<Long, Map<String, Gap>> each) {
        gaps.forEach(each);
    }
}
