package io.tulle.registry.watch;

import io.tulle.api.resource.NearestNames;
import io.tulle.api.resource.Resource;
import io.tulle.client.codec.JsonRecords;
import io.tulle.client.codec.Schemas;
import io.tulle.client.wire.WatchLine;
import io.tulle.registry.catalog.CatalogChange;
import io.tulle.registry.catalog.CatalogState;
import io.tulle.registry.catalog.ServiceView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes lines. What is said about a service is encoded once per set of schemas and shared by all lines that say it; a snapshot's as long as the service stays as
 * it is. Thread-safe.
 */
final class LineWriter {
    private static final byte[] COMMA = {','};
    private static final byte[] END = "]}\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BARE_END = "}\n".getBytes(StandardCharsets.UTF_8);

    private final String epoch;
    private final Map<Key, Snapshot> snapshots = new ConcurrentHashMap<>();

    LineWriter(String epoch) {
        this.epoch = epoch;
    }

    private record Key(String service, Schemas schemas) {}

    private record Snapshot(ServiceView view, byte[] bytes) {}

    /** Returns what a change says about a service. */
    static byte[] update(CatalogChange.OfService change, Schemas schemas) {
        List<Resource> said = new ArrayList<>();
        List<WatchLine.Unsupported> unsupported = new ArrayList<>();
        sort(change.resources(), schemas, said, unsupported);
        return encode(
                new WatchLine.ServiceUpdate(
                        change.service(), change.previous(), true, List.of(), said, change.removed(), unsupported),
                schemas);
    }

    /** Returns what a confirmation says about a service. */
    static byte[] confirmation(String service, List<WatchLine.Removed> removed) {
        return encode(
                new WatchLine.ServiceUpdate(service, 0, true, List.of(), List.of(), removed, List.of()),
                Schemas.LATEST);
    }

    /** Returns a line about some services. */
    Line line(WatchLine.Type type, long revision, Map<String, byte[]> updates) {
        List<byte[]> parts = new ArrayList<>();
        String head = "{\"type\":\"" + type.name().toLowerCase(Locale.ROOT) + "\",\"epoch\":\"" + epoch
                + "\",\"revision\":" + revision;
        parts.add((updates.isEmpty() ? head : head + ",\"services\":[").getBytes(StandardCharsets.UTF_8));
        updates.values().forEach(update -> {
            if (parts.size() > 1) {
                parts.add(COMMA);
            }
            parts.add(update);
        });
        parts.add(updates.isEmpty() ? BARE_END : END);
        return new Line(revision, updates.keySet(), parts);
    }

    /** Returns all that there is about a service. */
    @SuppressWarnings("ReferenceEquality") // views are replaced, never changed; comparing them would read all resources
    byte[] snapshot(CatalogState state, String service, Schemas schemas) {
        ServiceView view = state.service(service);
        if (view == null || !view.exists()) {
            return whole(service, view, near(service, state), schemas);
        }
        Snapshot made = snapshots.compute(
                new Key(service, schemas),
                (key, old) -> old != null && old.view == view
                        ? old
                        : new Snapshot(view, whole(service, view, List.of(), schemas)));
        return made.bytes;
    }

    /** Lets go of the snapshots of services that have changed. */
    void forget(Set<String> services) {
        snapshots.keySet().removeIf(key -> services.contains(key.service));
    }

    /** Also what there is of a service that does not exist: it will not be said again when the service comes. */
    private static byte[] whole(String service, @Nullable ServiceView known, List<String> near, Schemas schemas) {
        ServiceView view = known == null ? new ServiceView(service, 0, List.of(), List.of()) : known;
        List<Resource> said = new ArrayList<>();
        List<WatchLine.Unsupported> unsupported = new ArrayList<>();
        sort(view.resources(), schemas, said, unsupported);
        return encode(
                new WatchLine.ServiceUpdate(
                        service, view.revision(), view.exists(), near, said, gone(view), unsupported),
                schemas);
    }

    private static List<String> near(String service, CatalogState state) {
        return NearestNames.to(
                service,
                state.services().values().stream()
                        .filter(ServiceView::exists)
                        .map(ServiceView::service)
                        .toList());
    }

    private static List<WatchLine.Removed> gone(ServiceView view) {
        return view.departures().stream().map(ServiceView.Departure::removed).toList();
    }

    private static void sort(
            List<Resource> resources, Schemas schemas, List<Resource> said, List<WatchLine.Unsupported> unsupported) {
        for (Resource resource : resources) {
            if (!schemas.know(resource.kind())) {
                continue;
            }
            Schemas.Newer newer = schemas.newer(resource);
            if (newer == null) {
                said.add(resource);
            } else {
                unsupported.add(new WatchLine.Unsupported(
                        resource.kind().title(),
                        resource.metadata().name(),
                        resource.metadata().resourceVersion(),
                        newer.pointer(),
                        newer.schema()));
            }
        }
    }

    private static byte[] encode(WatchLine.ServiceUpdate update, Schemas schemas) {
        return JsonRecords.write(update, schemas).getBytes(StandardCharsets.UTF_8);
    }
}
