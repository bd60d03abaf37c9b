package io.tulle.proofs.fault;

import io.tulle.api.resource.Resource;
import io.tulle.client.wire.WatchLine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What the real registry has said to one client so far, on all its streams. Guarded by its lock. */
final class Truth {
    /** Held while anything here is read or changed, and while lines are written, so that they keep their order. */
    final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Map<String, Resource>> services = new LinkedHashMap<>();
    private final Map<String, Long> lastChange = new LinkedHashMap<>();
    private String epoch = "";
    private long revision;

    void heard(WatchLine line) {
        epoch = line.epoch();
        revision = line.revision();
        for (WatchLine.ServiceUpdate update : line.services()) {
            if (line.type() == WatchLine.Type.SNAPSHOT) {
                services.put(update.service(), new LinkedHashMap<>());
            }
            Map<String, Resource> known = services.computeIfAbsent(update.service(), key -> new LinkedHashMap<>());
            update.resources().forEach(resource -> known.put(resource.title(), resource));
            if (line.type() == WatchLine.Type.CHANGE) {
                update.removed()
                        .forEach(gone -> known.values()
                                .removeIf(resource -> resource.kind().title().equals(gone.kind())
                                        && resource.metadata().name().equals(gone.name())));
            }
            if (line.type() != WatchLine.Type.CONFIRM) {
                lastChange.put(update.service(), line.revision());
            }
        }
    }

    /** Returns the resources by service. */
    Map<String, Map<String, Resource>> services() {
        return services;
    }

    /** Returns the revision of the last line about a service. */
    long lastChange(String service) {
        return lastChange.getOrDefault(service, 0L);
    }

    String epoch() {
        return epoch;
    }

    long revision() {
        return revision;
    }
}
