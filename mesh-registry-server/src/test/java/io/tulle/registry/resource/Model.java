package io.tulle.registry.resource;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.InstanceOverride;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What resources do, said as plainly as possible: a map, rules on the whole of it, and a list of versions for each. */
final class Model {
    final Map<String, Resource> resources = new TreeMap<>(); // by title
    final Map<String, Long> versions = new HashMap<>();
    final Map<String, List<@Nullable Resource>> histories = new TreeMap<>(); // null: deleted
    long revision;

    /** Does all edits, or none when the result is not allowed; null deletes. Returns whether it was done. */
    boolean write(Map<String, @Nullable Resource> edits) {
        Map<String, Resource> after = new TreeMap<>(resources);
        List<String> changed = new ArrayList<>();
        edits.forEach((title, next) -> {
            Resource before = next == null ? after.remove(title) : after.put(title, next);
            if (next == null ? before != null : !next.equals(before)) {
                changed.add(title);
            }
        });
        if (!allowed(after.values())) {
            return false;
        }
        if (!changed.isEmpty()) {
            revision++;
        }
        for (String title : changed) {
            Resource next = edits.get(title);
            if (next == null) {
                resources.remove(title);
                versions.remove(title);
            } else {
                resources.put(title, next);
                versions.put(title, revision);
            }
            histories.computeIfAbsent(title, key -> new ArrayList<>()).add(next);
        }
        return true;
    }

    private static boolean allowed(Collection<Resource> all) {
        Map<String, Service> services = new HashMap<>();
        all.stream()
                .filter(resource -> resource instanceof Service)
                .forEach(service -> services.put(service.service(), (Service) service));
        Set<String> once = new HashSet<>();
        return all.stream()
                .allMatch(resource -> services.containsKey(resource.service())
                        && resource.service().startsWith(resource.metadata().namespace() + "/")
                        && once(resource).allMatch(once::add)
                        && !(resource instanceof Route route && !leadsSomewhere(route, services)));
    }

    /** Returns what only one resource may have. */
    private static Stream<String> once(Resource resource) {
        if (resource instanceof Instance instance) {
            return Stream.of("instance of " + instance.service() + ": "
                    + instance.spec().uid() + " " + instance.spec().port());
        } else if (resource instanceof InstanceOverride override) {
            return Stream.of(
                    "override of " + override.service() + ": " + override.spec().instance());
        }
        return resource.kind() == Kind.SERVICE ? Stream.of() : Stream.of(resource.kind() + " of " + resource.service());
    }

    private static boolean leadsSomewhere(Route route, Map<String, Service> services) {
        return route.spec().rules().stream()
                .flatMap(rule -> rule.destinations().stream())
                .allMatch(destination -> {
                    Service target = services.get(
                            destination.service().isEmpty() ? route.service() : route.qualify(destination.service()));
                    return target != null
                            && (destination.subset().isEmpty()
                                    || target.spec().subsets().stream()
                                            .anyMatch(subset -> subset.name().equals(destination.subset())));
                });
    }
}
