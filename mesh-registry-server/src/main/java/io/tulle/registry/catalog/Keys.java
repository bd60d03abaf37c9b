package io.tulle.registry.catalog;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import java.util.Locale;

/** Where everything stands in the store. The names are part of the store's format. */
public final class Keys {
    /** Before the key of every resource. */
    public static final String RESOURCES = "r/";

    /** Before the key of every session. */
    public static final String SESSIONS = "s/";

    /** Before the key of every removal whose reason is remembered. */
    public static final String GONE = "g/";

    private Keys() {}

    /** Returns where a resource is. */
    public static String resource(Resource resource) {
        return resource(
                resource.kind(),
                resource.metadata().namespace(),
                resource.metadata().name());
    }

    /** Returns where a resource is. */
    public static String resource(Kind kind, String namespace, String name) {
        return resources(kind, namespace) + name;
    }

    /** Returns what is before the key of every resource of a kind and namespace. */
    public static String resources(Kind kind, String namespace) {
        return resources(kind) + namespace + "/";
    }

    /** Returns what is before the key of every resource of a kind. */
    public static String resources(Kind kind) {
        return RESOURCES + kind.plural() + "/";
    }

    /** Returns where the {@code number}-th version of a resource that people wrote is kept, deletions included. */
    public static String history(Kind kind, String namespace, String name, int number) {
        return history(kind, namespace, name) + String.format(Locale.ROOT, "%010d", number);
    }

    /** Returns what is before the key of every kept version of a resource. */
    public static String history(Kind kind, String namespace, String name) {
        return "h/" + kind.plural() + "/" + namespace + "/" + name + "/";
    }

    /** Returns where a session is; it hangs on the session's lease. */
    public static String session(String id) {
        return SESSIONS + id;
    }

    /** Returns where it is remembered why an instance went, when that was not because its lease ran out. Written in the revision that removes the instance. */
    public static String gone(String service, String instance) {
        return GONE + service + "/" + instance;
    }
}
