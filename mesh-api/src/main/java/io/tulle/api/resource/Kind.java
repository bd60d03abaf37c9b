package io.tulle.api.resource;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The kinds of resources and the record that holds each: the kind table. */
public enum Kind {
    /** A service that can be called. */
    SERVICE("Service", "services", Service.class, 1),
    /** How calls to a service are routed and retried. */
    ROUTE("Route", "routes", Route.class, 2),
    /** How calls to a service are balanced and protected. */
    TRAFFIC_POLICY("TrafficPolicy", "trafficpolicies", TrafficPolicy.class, 2),
    /** One running copy of a service. */
    INSTANCE("Instance", "instances", Instance.class, 3),
    /** An operator's word on an instance. */
    INSTANCE_OVERRIDE("InstanceOverride", "instanceoverrides", InstanceOverride.class, 1);

    private final String title;
    private final String plural;
    private final Class<? extends Record> type;
    private final int schema;

    Kind(String title, String plural, Class<? extends Record> type, int schema) {
        this.title = title;
        this.plural = plural;
        this.type = type;
        this.schema = schema;
    }

    /** Returns the name that stands in a resource's {@code kind} field. */
    public String title() {
        return title;
    }

    /** Returns the lower-case plural that stands in REST paths. */
    public String plural() {
        return plural;
    }

    /** Returns the record that holds resources of this kind. */
    public Class<? extends Record> type() {
        return type;
    }

    /**
     * Returns the number of this kind's schema: one more with each component that is added ({@link Since}). It travels with every resource on the wire
     * and on disk.
     */
    public int schema() {
        return schema;
    }

    /** Returns the kind whose resources say {@code title}, or null. */
    public static @Nullable Kind ofTitle(String title) {
        return find(kind -> kind.title.equals(title));
    }

    /** Returns the kind that has {@code plural} in REST paths, or null. */
    public static @Nullable Kind ofPlural(String plural) {
        return find(kind -> kind.plural.equals(plural));
    }

    private static @Nullable Kind find(Predicate<Kind> wanted) {
        return Arrays.stream(values()).filter(wanted).findFirst().orElse(null);
    }
}
