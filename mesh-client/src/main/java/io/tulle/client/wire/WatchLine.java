package io.tulle.client.wire;

import io.tulle.api.resource.Default;
import io.tulle.api.resource.Resource;
import java.util.List;

/**
 * One line of {@code GET /api/v1/watch}: everything that one revision means to one watcher.
 *
 * @param type what it says
 * @param epoch identity of the registry's data; a line of another epoch than the former begins everything anew
 * @param revision of the store; never less than that of the line before in the same epoch
 * @param services what it says about each service; empty in a progress mark
 */
public record WatchLine(
        Type type,
        String epoch,
        long revision,
        @Default("[]") List<ServiceUpdate> services) {
    /** Copies. */
    public WatchLine {
        services = List.copyOf(services);
    }

    /** What a line says. */
    public enum Type {
        /** The whole of one or more services, as of the revision; replaces what was known of them. */
        SNAPSHOT,
        /** What this revision changed. */
        CHANGE,
        /** Expiries of one lease ago that still hold. */
        CONFIRM,
        /** Everything up to the revision has been sent. */
        PROGRESS
    }

    /**
     * What a line says about one service.
     *
     * @param service {@code namespace/name}
     * @param previous in a change, the revision of the service's change before this one: a watcher that has seen another last has missed something
     * @param exists false in the snapshot of a service that there is not
     * @param near in the snapshot of a service that there is not, names like it, best first
     * @param resources in a snapshot all, in a change those that are new or different
     * @param removed in a change what is gone; in a snapshot the instances that went lately, with the reason; in a confirmation what may be obeyed now
     * @param unsupported resources that exist and cannot be said in the session's schemas; the watcher keeps the version it has
     */
    public record ServiceUpdate(
            String service,
            @Default("0") long previous,
            @Default("true") boolean exists,
            @Default("[]") List<String> near,
            @Default("[]") List<Resource> resources,
            @Default("[]") List<Removed> removed,
            @Default("[]") List<Unsupported> unsupported) {
        /** Copies. */
        public ServiceUpdate {
            near = List.copyOf(near);
            resources = List.copyOf(resources);
            removed = List.copyOf(removed);
            unsupported = List.copyOf(unsupported);
        }
    }

    /**
     * A resource that is gone. It is in the service's namespace.
     *
     * @param kind the kind's title
     * @param name its name
     * @param uid an instance's uid, so that a removal never hits the process that took its place; empty for other kinds
     * @param reason why
     */
    public record Removed(
            String kind, String name, @Default("") String uid, RemovalReason reason) {}

    /**
     * A resource that the session's schemas cannot say.
     *
     * @param kind the kind's title
     * @param name its name
     * @param resourceVersion its version
     * @param field the field that the session does not know, as a JSON pointer
     * @param schema the schema that has it
     */
    public record Unsupported(String kind, String name, String resourceVersion, String field, int schema) {}
}
