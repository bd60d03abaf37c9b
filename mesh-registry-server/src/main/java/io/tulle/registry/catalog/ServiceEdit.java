package io.tulle.registry.catalog;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Resource;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.WatchLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one revision does to one service. Confined to the thread that applies the revision. */
final class ServiceEdit {
    private static final int MOST_DEPARTURES = 1_000;

    private final List<Resource> resources = new ArrayList<>();
    private final List<WatchLine.Removed> removed = new ArrayList<>();
    private final Set<Resource> replaced = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Adds a resource in the place of {@code old}, which is the very object that the view has. */
    void put(Resource resource, @Nullable Resource old) {
        resources.add(resource);
        if (old != null) {
            replaced.add(old);
        }
    }

    /** Takes away {@code old}, which is the very object that the view has. */
    void remove(Resource old, RemovalReason reason) {
        String uid = old instanceof Instance instance ? Gone.uid(instance) : "";
        removed.add(new WatchLine.Removed(old.kind().title(), old.metadata().name(), uid, reason));
        replaced.add(old);
    }

    /** Returns what to tell. */
    CatalogChange.OfService change(String service, long previous) {
        return new CatalogChange.OfService(service, previous, resources, removed);
    }

    /** Returns the service after this. */
    ServiceView applyTo(ServiceView view, long revision) {
        List<Resource> after = new ArrayList<>(view.resources());
        after.removeIf(replaced::contains);
        after.addAll(resources);
        List<ServiceView.Departure> departures = new ArrayList<>(view.departures());
        removed.stream()
                .filter(what -> !what.uid().isEmpty())
                .forEach(what -> departures.add(new ServiceView.Departure(revision, what)));
        ServiceView edited = new ServiceView(view.service(), revision, after, List.of());
        departures.removeIf(departure -> edited.has(departure.removed()));
        int from = Math.max(0, departures.size() - MOST_DEPARTURES);
        return new ServiceView(view.service(), revision, after, departures.subList(from, departures.size()));
    }
}
