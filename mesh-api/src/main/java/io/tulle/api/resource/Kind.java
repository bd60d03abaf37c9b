package io.tulle.api.resource;

/** The kinds of resources and the record that holds each: the kind table. */
public enum Kind {
    /** A service that can be called. */
    SERVICE("Service", "services", Service.class),
    /** How calls to a service are routed and retried. */
    ROUTE("Route", "routes", Route.class),
    /** How calls to a service are balanced and protected. */
    TRAFFIC_POLICY("TrafficPolicy", "trafficpolicies", TrafficPolicy.class),
    /** One running copy of a service. */
    INSTANCE("Instance", "instances", Instance.class);

    private final String title;
    private final String plural;
    private final Class<? extends Record> type;

    Kind(String title, String plural, Class<? extends Record> type) {
        this.title = title;
        this.plural = plural;
        this.type = type;
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
}
