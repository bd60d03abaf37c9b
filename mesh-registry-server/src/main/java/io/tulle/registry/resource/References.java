package io.tulle.registry.resource;

import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which services a resource names. */
final class References {
    private References() {}

    /** Returns the service that {@code resource} is about, and the destinations of a route, as {@code namespace/name}. */
    static Set<String> of(Resource resource) {
        Set<String> services = new LinkedHashSet<>();
        services.add(resource.service());
        if (resource instanceof Route route) {
            route.spec().rules().stream()
                    .flatMap(rule -> rule.destinations().stream())
                    .filter(destination -> !destination.service().isEmpty())
                    .forEach(destination -> services.add(route.qualify(destination.service())));
        }
        return services;
    }
}
