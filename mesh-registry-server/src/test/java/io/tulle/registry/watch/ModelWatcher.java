package io.tulle.registry.watch;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Resource;
import io.tulle.client.codec.JsonRecords;
import io.tulle.client.wire.WatchLine;
import io.tulle.registry.catalog.CatalogState;
import io.tulle.registry.catalog.Gone;
import io.tulle.registry.catalog.ServiceView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * A process that follows the stream, and checks the six guarantees by one comparison: after every line, all that it knows must be exactly what the store held
 * at the line's revision.
 */
final class ModelWatcher {
    private final NavigableMap<Long, CatalogState> history;
    private final Map<String, Map<String, Resource>> known = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long revision;
    private long changed;
    private long marked = -1;

    ModelWatcher(NavigableMap<Long, CatalogState> history) {
        this.history = history;
    }

    long revision() {
        return revision;
    }

    /** Returns the revision of the last progress mark. */
    long marked() {
        return marked;
    }

    Set<String> knows() {
        return known.keySet();
    }

    void forgetAllBut(Set<String> services) {
        known.keySet().retainAll(services);
    }

    List<String> wrong() {
        return wrong;
    }

    void read(byte[] bytes) {
        WatchLine line = JsonRecords.read(WatchLine.class, "line", new String(bytes, StandardCharsets.UTF_8));
        if (line.revision() < revision) {
            wrong.add(line.type() + " of " + line.revision() + " after " + revision);
        }
        revision = Math.max(revision, line.revision());
        switch (line.type()) {
            case SNAPSHOT -> line.services().forEach(this::replace);
            case CHANGE -> change(line);
            case PROGRESS -> marked = line.revision();
            case CONFIRM -> line.services().forEach(this::confirm);
        }
        known.keySet().forEach(this::compare);
    }

    private void replace(WatchLine.ServiceUpdate update) {
        Map<String, Resource> resources = new TreeMap<>();
        update.resources().forEach(resource -> resources.put(key(resource), resource));
        known.put(update.service(), resources);
        last.put(update.service(), update.previous());
    }

    private void change(WatchLine line) {
        if (line.revision() <= changed) {
            wrong.add("change " + line.revision() + " after change " + changed);
        }
        changed = line.revision();
        for (WatchLine.ServiceUpdate update : line.services()) {
            Map<String, Resource> resources = known.get(update.service());
            if (resources == null) {
                wrong.add("a change of " + update.service() + " before its snapshot");
                continue;
            }
            if (!last.get(update.service()).equals(update.previous())) {
                wrong.add(update.service() + " was at " + last.get(update.service()) + ", not at " + update.previous());
            }
            update.removed().forEach(removed -> resources.remove(removed.kind() + " " + removed.name()));
            update.resources().forEach(resource -> resources.put(key(resource), resource));
            last.put(update.service(), line.revision());
        }
    }

    private void confirm(WatchLine.ServiceUpdate update) {
        update.removed().forEach(removed -> {
            Resource there = known.getOrDefault(update.service(), Map.of()).get("Instance " + removed.name());
            if (there instanceof Instance instance && Gone.uid(instance).equals(removed.uid())) {
                wrong.add(removed + " is confirmed and there");
            }
        });
    }

    private void compare(String service) {
        CatalogState state = history.floorEntry(revision).getValue();
        ServiceView view = state.service(service);
        Set<Resource> expected = new HashSet<>(view == null ? List.of() : view.resources());
        Set<Resource> seen = new HashSet<>(known.get(service).values());
        if (!seen.equals(expected)) {
            wrong.add(service + " at " + revision + ": " + seen + " (expected: " + expected + ")");
        }
    }

    private static String key(Resource resource) {
        return resource.kind().title() + " " + resource.metadata().name();
    }
}
