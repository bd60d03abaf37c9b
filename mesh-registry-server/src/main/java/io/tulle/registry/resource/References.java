package io.tulle.registry.resource;

import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which services a resource names. */
final class References {
    private References() {}

    /** Returns the service that {@code resource} is about, and its {@link #destinations}, as {@code namespace/name}. */
    static Set<String> of(Resource resource) {
        Set<String> services = new LinkedHashSet<>(destinations(resource));
        services.add(resource.service());
        return services;
    }

    /** Returns the services that a route names as destinations; none for other resources. */
    static Set<String> destinations(Resource resource) {
        if (!(resource instanceof Route route)) {
            return Set.of();
        }
        Set<String> services = new LinkedHashSet<>();
        route.spec().rules().stream()
                .flatMap(rule -> rule.destinations().stream())
                .filter(destination -> !destination.service().isEmpty())
                .forEach(destination -> services.add(route.qualify(destination.service())));
        return services;
    }
}
