package io.tulle.registry.resource;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.registry.catalog.CatalogState;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.store.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What validation relies on beside the written resources, as conditions: the services that they name are the same, and nothing has come that would contradict
 * them.
 *
 * <ul>
 *   <li>A service that is written or deleted: no route, in any namespace, that may name it; for a deletion nothing else in its namespace either.
 *   <li>Anything else that is written: nothing of the same kind in the namespace, because there may be one route for a service and the like.
 * </ul>
 *
 * @param seen the revision that validation saw
 * @param services revisions of the services that are named, by key; 0: there is none
 * @param prefixes under which nothing new may have come
 */
record Guards(long seen, Map<String, Long> services, Set<String> prefixes) {
    /** Returns what {@code changes} rely on in {@code state}. */
    static Guards of(CatalogState state, List<Step> changes) {
        Guards guards = new Guards(state.revision(), new TreeMap<>(), new TreeSet<>());
        for (Step step : changes) {
            Resource next = step.edit().next();
            if (next != null) {
                References.of(next).forEach(service -> guards.noteService(service, state));
            }
            guards.notePrefixes(step);
        }
        changes.forEach(step -> guards.services.remove(step.edit().key())); // has a condition of its own
        return guards;
    }

    void addTo(Transaction.Builder transaction) {
        services.forEach(transaction::when);
        prefixes.forEach(prefix -> transaction.whenNoneAfter(prefix, seen));
    }

    private void noteService(String name, CatalogState state) {
        int slash = name.indexOf('/');
        String key = Keys.resource(Kind.SERVICE, name.substring(0, slash), name.substring(slash + 1));
        long revision = new Prospect(state, List.of())
                .about(name).stream()
                        .filter(resource -> resource.kind() == Kind.SERVICE)
                        .mapToLong(service -> Long.parseLong(service.metadata().resourceVersion()))
                        .findFirst()
                        .orElse(0);
        services.put(key, revision);
    }

    private void notePrefixes(Step step) {
        Kind kind = step.edit().kind();
        String namespace = step.edit().namespace();
        boolean deleted = step.result() == Result.DELETED;
        if (kind == Kind.SERVICE) {
            prefixes.add(Keys.resources(Kind.ROUTE));
            for (Kind other : Kind.values()) {
                if (deleted && other != Kind.SERVICE) {
                    prefixes.add(Keys.resources(other, namespace));
                }
            }
        } else if (!deleted) {
            prefixes.add(Keys.resources(kind, namespace));
        }
    }
}
