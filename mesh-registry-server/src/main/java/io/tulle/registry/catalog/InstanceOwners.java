package io.tulle.registry.catalog;

import io.tulle.api.resource.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which instances hang on which lease. Written by one thread at a time, read by any. */
final class InstanceOwners {
    private final Map<Long, Map<String, Instance>> byLease = new ConcurrentHashMap<>();
    private final Map<String, Long> leases = new ConcurrentHashMap<>();

    void put(String key, Instance instance, long lease) {
        remove(key);
        if (lease != 0) {
            leases.put(key, lease);
            byLease.computeIfAbsent(lease, none -> new ConcurrentHashMap<>()).put(key, instance);
        }
    }

    void remove(String key) {
        Long lease = leases.remove(key);
        if (lease != null) {
            byLease.computeIfPresent(lease, (same, instances) -> {
                instances.remove(key);
                return instances.isEmpty() ? null : instances;
            });
        }
    }

    List<Instance> of(long lease) {
        Map<String, Instance> instances = byLease.get(lease);
        return instances == null ? List.of() : new ArrayList<>(instances.values());
    }
}
