package io.tulle.examples.bookshop.script;

import java.util.List;

/** What the registry says of its clients and instances. Thread-safe. */
public final class RegistryView {
    private final int port;
    private final StatsClient stats;

    /** Creates a view of the registry on a port of the loopback address. */
    public RegistryView(int port, StatsClient stats) {
        this.port = port;
        this.stats = stats;
    }

    /**
     * What {@code GET /api/v1/clients} says, as far as it matters here.
     *
     * @param revision of the store
     * @param items every session
     */
    public record Clients(long revision, List<Session> items) {
        /** Returns how many connected sessions of {@code service} have everything in force up to {@code wanted}. */
        long inForce(String service, long wanted) {
            return items.stream()
                    .filter(session -> session.service().equals(service) && session.connected())
                    .filter(session -> session.behind().isEmpty() && session.appliedRevision() >= wanted)
                    .count();
        }

        /** Returns how many sessions have a stream. */
        long connected() {
            return items.stream().filter(Session::connected).count();
        }
    }

    /**
     * One session.
     *
     * @param service whose process it is
     * @param connected whether it has a stream
     * @param appliedRevision up to which everything that it follows is in force there
     * @param behind services of which it has not the newest in force
     */
    public record Session(String service, boolean connected, long appliedRevision, List<String> behind) {}

    /** The list of instances, as far as it matters here. */
    public record Instances(List<Item> items) {
        /** An instance. */
        public record Item(Metadata metadata) {}

        /** Who it is. */
        public record Metadata(String name) {}
    }

    /** Returns the sessions. */
    public Clients clients() {
        return stats.read(port, "api/v1/clients", Clients.class);
    }

    /** Returns the names of the registered instances. */
    public List<String> instances() {
        return stats.read(port, "api/v1/namespaces/shop/instances", Instances.class).items().stream()
                .map(item -> item.metadata().name())
                .toList();
    }
}
