package io.tulle.registry.resource;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.registry.catalog.CatalogState;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.catalog.ServiceView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A state of the catalog as it would be with some changes. Confined to one thread. */
final class Prospect {
    private final CatalogState state;
    private final Map<String, @Nullable Resource> changed = new HashMap<>(); // by key; null: deleted

    Prospect(CatalogState state, Collection<Step> changes) {
        this.state = state;
        changes.forEach(step -> changed.put(step.edit().key(), step.edit().next()));
    }

    /** Returns the services that there are resources about. */
    Set<String> services() {
        Set<String> services = new TreeSet<>(state.services().keySet());
        changed.values().forEach(resource -> {
            if (resource != null) {
                services.add(resource.service());
            }
        });
        return services;
    }

    /** Returns the resources about {@code service}. */
    List<Resource> about(String service) {
        return about(service, resource -> true);
    }

    private List<Resource> about(String service, Predicate<Resource> wanted) {
        List<Resource> resources = new ArrayList<>();
        ServiceView view = state.service(service);
        if (view != null) {
            view.resources().stream()
                    .filter(wanted)
                    .filter(resource -> !changed.containsKey(Keys.resource(resource)))
                    .forEach(resources::add);
        }
        changed.values().forEach(resource -> {
            if (resource != null && resource.service().equals(service) && wanted.test(resource)) {
                resources.add(resource);
            }
        });
        return resources;
    }

    /**
     * Returns what {@code services} need to be compiled: the resources about them and the services that those name.
     *
     * @param referrers whether routes of other services that name one of them belong to it
     */
    List<Resource> around(Set<String> services, boolean referrers) {
        Map<String, Resource> around = new LinkedHashMap<>();
        services.forEach(service -> about(service).forEach(resource -> around.put(Keys.resource(resource), resource)));
        if (referrers) {
            services().stream()
                    .filter(service -> !services.contains(service))
                    .flatMap(service -> about(service, resource -> names(resource, services)).stream())
                    .forEach(resource -> around.put(Keys.resource(resource), resource));
        }
        for (Resource resource : List.copyOf(around.values())) {
            References.of(resource).forEach(service -> addService(service, around));
        }
        return List.copyOf(around.values());
    }

    /** Returns {@code resources} and every service, so that the compiler can say which name may have been meant. */
    List<Resource> withAllServices(List<Resource> resources) {
        Map<String, Resource> more = new LinkedHashMap<>();
        resources.forEach(resource -> more.put(Keys.resource(resource), resource));
        services().forEach(service -> addService(service, more));
        return List.copyOf(more.values());
    }

    private static boolean names(Resource resource, Set<String> services) {
        return !Collections.disjoint(References.destinations(resource), services);
    }

    private void addService(String name, Map<String, Resource> resources) {
        about(name, resource -> resource.kind() == Kind.SERVICE)
                .forEach(service -> resources.putIfAbsent(Keys.resource(service), service));
    }
}
