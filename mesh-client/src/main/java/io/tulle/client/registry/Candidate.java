package io.tulle.client.registry;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.ResourceProblem;
import io.tulle.api.resource.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A set of resources that shall come in force in place of another, and gives way where it contradicts itself: first the very resources that are named, then what has
 * changed of their services, then every change; never more than needed. Confined to one thread, used once.
 */
final class Candidate {
    private final Map<String, Resource> inForce;
    private final Map<String, Resource> chosen;
    private final Map<String, Rejection> rejections = new LinkedHashMap<>();

    /**
     * A resource that did not come in force in the version that was offered.
     *
     * @param resource the version that was offered; the one in force when it was to go
     * @param reason why
     * @param waits whether it only waits for something that has been asked for
     */
    record Rejection(Resource resource, String reason, boolean waits) {
        Rejection(Resource resource, String reason) {
            this(resource, reason, false);
        }
    }

    /**
     * Begins with all that is {@code offered}.
     *
     * @param inForce what holds now and fits together, by title
     */
    Candidate(Map<String, Resource> inForce, Map<String, Resource> offered) {
        this.inForce = inForce;
        chosen = new TreeMap<>(offered);
    }

    /** Returns what would come in force, by title. */
    Map<String, Resource> chosen() {
        return chosen;
    }

    /** Returns what has given way, by title. */
    Map<String, Rejection> rejections() {
        return rejections;
    }

    /** Holds back routes to services of which nothing is there yet; returns these services. */
    Set<String> holdBackRoutes() {
        Set<String> missing = new TreeSet<>();
        for (Resource resource : List.copyOf(chosen.values())) {
            Set<String> wanted = destinations(resource).stream()
                    .filter(service -> !hasService(service))
                    .collect(Collectors.toCollection(TreeSet::new));
            missing.addAll(wanted);
            if (!wanted.isEmpty() && changed(resource.title())) {
                String reason = "waits for " + String.join(", ", wanted);
                rejections.put(resource.title(), new Rejection(resource, reason, true));
                giveWay(resource.title(), reason);
            }
        }
        return missing;
    }

    private boolean hasService(String name) {
        return chosen.containsKey(Kind.SERVICE.title() + " " + name);
    }

    /** Gives way to problems that were found in {@link #chosen}; false when there is nothing left that could. */
    boolean giveWay(List<ResourceProblem> problems) {
        Map<String, String> named = new LinkedHashMap<>();
        problems.forEach(problem ->
                named.putIfAbsent(problem.resource().title(), problem.field().toString()));
        String why = problems.get(0).toString();
        Set<String> around = servicesAround(named.keySet());
        return giveWayIfChanged(named)
                || giveWayIfChanged(servicesThemselves(around, why))
                || giveWayIfChanged(changesOf(around, why))
                || giveWayIfChanged(changesOf(null, why))
                || drop(named);
    }

    /** Gives way in everything, to what is in force. */
    void giveWayWholly(String reason) {
        giveWayIfChanged(changesOf(null, reason));
    }

    private boolean giveWayIfChanged(Map<String, String> reasons) {
        boolean any = false;
        for (Map.Entry<String, String> entry : reasons.entrySet()) {
            if (changed(entry.getKey())) {
                giveWay(entry.getKey(), entry.getValue());
                any = true;
            }
        }
        return any;
    }

    private void giveWay(String title, String reason) {
        Resource before = inForce.get(title);
        Resource wanted = chosen.get(title);
        Resource about = wanted == null ? before : wanted;
        if (about != null) {
            rejections.putIfAbsent(title, new Rejection(about, reason));
        }
        if (before == null) {
            chosen.remove(title);
        } else {
            chosen.put(title, before);
        }
    }

    private boolean changed(String title) {
        return !Objects.equals(chosen.get(title), inForce.get(title));
    }

    /** Returns every change of these services, all services when null. */
    private Map<String, String> changesOf(@Nullable Set<String> services, String reason) {
        Map<String, String> changes = new LinkedHashMap<>();
        Set<String> titles = new TreeSet<>(chosen.keySet());
        titles.addAll(inForce.keySet());
        for (String title : titles) {
            Resource resource = chosen.getOrDefault(title, inForce.get(title));
            if (changed(title) && (services == null || resource != null && services.contains(resource.service()))) {
                changes.put(title, reason);
            }
        }
        return changes;
    }

    private static Map<String, String> servicesThemselves(Set<String> names, String reason) {
        Map<String, String> services = new LinkedHashMap<>();
        names.forEach(name -> services.put(Kind.SERVICE.title() + " " + name, reason));
        return services;
    }

    private Set<String> servicesAround(Collection<String> titles) {
        Set<String> services = new TreeSet<>();
        for (String title : titles) {
            Resource resource = chosen.get(title);
            if (resource != null) {
                services.add(resource.service());
                services.addAll(destinations(resource));
            }
        }
        return services;
    }

    /** The last resort: what is named and not even new goes. */
    private boolean drop(Map<String, String> named) {
        boolean any = false;
        for (Map.Entry<String, String> entry : named.entrySet()) {
            Resource gone = chosen.remove(entry.getKey());
            if (gone != null) {
                rejections.putIfAbsent(entry.getKey(), new Rejection(gone, entry.getValue()));
                any = true;
            }
        }
        return any;
    }

    private static List<String> destinations(Resource resource) {
        if (!(resource instanceof Route route)) {
            return List.of();
        }
        List<String> services = new ArrayList<>();
        route.spec()
                .rules()
                .forEach(rule -> rule.destinations().stream()
                        .filter(destination -> !destination.service().isEmpty())
                        .forEach(destination -> services.add(route.qualify(destination.service()))));
        return services;
    }
}
