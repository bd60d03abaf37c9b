package io.tulle.registry.catalog;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.client.wire.WatchLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that concerns one service, as of one revision. Immutable.
 *
 * @param service {@code namespace/name}
 * @param revision of its last change
 * @param resources with their versions; by kind in the order of the kind table, then by name
 * @param departures instances that went lately, oldest first
 */
public record ServiceView(String service, long revision, List<Resource> resources, List<Departure> departures) {
    private static final Comparator<Resource> ORDER = Comparator.comparing(Resource::kind)
            .thenComparing(resource -> resource.metadata().namespace())
            .thenComparing(resource -> resource.metadata().name());

    /**
     * An instance that is gone.
     *
     * @param revision that took it away
     * @param removed which and why
     */
    public record Departure(long revision, WatchLine.Removed removed) {}

    /** Sorts and copies. */
    public ServiceView {
        resources = resources.stream().sorted(ORDER).toList();
        departures = List.copyOf(departures);
    }

    /** Returns whether there is a Service resource; without one nobody can call it. */
    public boolean exists() {
        return !resources.isEmpty() && resources.get(0).kind() == Kind.SERVICE;
    }

    /** Returns the resource of a kind and name, or null. */
    public @Nullable Resource resource(Kind kind, String name) {
        for (Resource resource : resources) {
            if (resource.kind() == kind && resource.metadata().name().equals(name)) {
                return resource;
            }
        }
        return null;
    }

    /** Returns whether an instance with this uid is registered under this name. */
    public boolean has(WatchLine.Removed departed) {
        return resource(Kind.INSTANCE, departed.name()) instanceof Instance instance
                && Gone.uid(instance).equals(departed.uid());
    }

    /** Returns the same without the departures of {@code until} and before. */
    ServiceView forget(long until) {
        List<Departure> rest = new ArrayList<>(departures);
        rest.removeIf(departure -> departure.revision() <= until);
        return rest.size() == departures.size() ? this : new ServiceView(service, revision, resources, rest);
    }
}
