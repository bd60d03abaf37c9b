package io.tulle.core.snapshot;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was said about services that are not part of a configuration. Immutable.
 *
 * @param namespaces namespaces that have services, besides those of the configuration
 * @param absent services that were asked for and do not exist, as {@code namespace/name}, with names like them, best first
 */
public record Hearsay(Set<String> namespaces, Map<String, List<String>> absent) {
    /** Nothing. */
    public static final Hearsay NONE = new Hearsay(Set.of(), Map.of());

    /** Copies. */
    public Hearsay {
        namespaces = Set.copyOf(namespaces);
        absent = Map.copyOf(absent);
    }

    /** Returns the same with other namespaces. */
    public Hearsay withNamespaces(Collection<String> newNamespaces) {
        return new Hearsay(Set.copyOf(newNamespaces), absent);
    }

    /** Returns the same, and that {@code service} does not exist. */
    public Hearsay withAbsent(String service, List<String> near) {
        Map<String, List<String>> more = new HashMap<>(absent);
        more.put(service, List.copyOf(near));
        return new Hearsay(namespaces, more);
    }
}
