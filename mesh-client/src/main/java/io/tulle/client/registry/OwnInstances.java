package io.tulle.client.registry;

import io.tulle.api.resource.Instance;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The instances that a process wants in the registry, and which of them are there as far as the registry has said. Confined to the session's thread. */
final class OwnInstances {
    private final Map<String, Instance> wanted = new LinkedHashMap<>();
    private final Set<String> there = new HashSet<>();
    private final Set<String> introduced = new HashSet<>();
    private @Nullable String asked;

    /** Wants an instance, or something new of it. */
    void want(Instance instance) {
        String name = instance.metadata().name();
        wanted.put(name, instance);
        there.remove(name);
        introduced.remove(name);
        asked = name.equals(asked) ? null : asked; // what is under way is not this version
    }

    /** Wants an instance no more. */
    void forget(String name) {
        wanted.remove(name);
        there.remove(name);
        introduced.remove(name);
    }

    /** Returns all that are wanted, for the introduction that {@link #introduced} is about. */
    List<Instance> introduction() {
        introduced.clear();
        introduced.addAll(wanted.keySet());
        return List.copyOf(wanted.values());
    }

    /** Returns one that is wanted and not there, or null; {@link #confirmed} is about it. */
    @Nullable
    Instance nextMissing() {
        for (Instance instance : wanted.values()) {
            if (!there.contains(instance.metadata().name())) {
                asked = instance.metadata().name();
                return instance;
            }
        }
        return null;
    }

    /** The one that was asked for last is there. */
    void confirmed() {
        if (asked != null && wanted.containsKey(asked)) {
            there.add(asked);
        }
    }

    /** Those of the introduction are there: they came with the session. */
    void introduced() {
        there.addAll(introduced);
    }

    /** None is there: the session is lost. */
    void noneConfirmed() {
        there.clear();
    }

    /** Returns the names of those that are there. */
    Set<String> confirmedNames() {
        return Set.copyOf(there);
    }
}
