package io.tulle.api.source;

import io.tulle.api.resource.Resource;
import java.util.Collection;
import java.util.List;

/**
 * A stream of complete resource sets: a watched folder, a registry session, a disk snapshot, a test.
 *
 * <p>Life cycle: {@link #start} once, then {@link #close} once. Between them the source calls the sink from one thread at a time.
 */
public interface ResourceSource extends AutoCloseable {
    /**
     * Delivers the first set before it returns (or throws, naming what is wrong and where), then keeps delivering changes to {@code sink}.
     *
     * @throws io.tulle.api.MeshException if the first set cannot be read
     */
    void start(Sink sink);

    /**
     * Says that the process is about to call {@code service} ({@code namespace/name}). A source that delivers everything ignores it; one that delivers
     * what is asked for fetches the service and keeps following it. Never blocks; idempotent; any thread may call it.
     *
     * @return whether a first answer may still come soon, so that a caller who does not know the service may wait for the sink to be called
     */
    default boolean subscribe(String service) {
        return false;
    }

    /** Stops delivering and releases threads and file handles; idempotent. */
    @Override
    void close();

    /** Receives what a source reads. */
    interface Sink {
        /**
         * Offers a complete set that replaces the former one.
         *
         * @throws io.tulle.api.resource.ContradictoryResourcesException if resources contradict each other; nothing has changed then
         */
        void accept(List<Resource> resources);

        /**
         * Says that a service that was subscribed to does not exist; {@code near} are names like it, best first. What is in force stays in force: a
         * service that is known and then said not to exist is kept.
         */
        default void absent(String service, List<String> near) {}

        /** Says which namespaces have services, besides those of the resources that were delivered: names in them are the mesh's. */
        default void namespaces(Collection<String> namespaces) {}

        /** Reports that a newer set was refused and the last good one stays in force. */
        void rejected(String reason);
    }
}
