package io.tulle.registry.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.tulle.api.time.Ticker;
import io.tulle.client.wire.Renewal;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.catalog.CatalogState;
import io.tulle.registry.catalog.StoredSession;
import io.tulle.registry.session.Report;
import io.tulle.registry.session.Sessions;
import io.tulle.registry.watch.WatchHub;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Shows each process: what it follows, how far it is, what it could not put in force. Stateless beside what it is made of. */
public final class ClientsEndpoint {
    private final Catalog catalog;
    private final Sessions sessions;
    private final WatchHub hub;
    private final Ticker ticker;

    /** Creates the endpoint. */
    public ClientsEndpoint(Catalog catalog, Sessions sessions, WatchHub hub, Ticker ticker) {
        this.catalog = catalog;
        this.sessions = sessions;
        this.hub = hub;
        this.ticker = ticker;
    }

    /** Every session, as of a revision. */
    public record Clients(long revision, List<Client> items) {}

    /**
     * A session, for people.
     *
     * @param remote where its stream goes; null without one
     * @param instances what it has registered, as {@code namespace/name}
     * @param appliedRevision up to which everything that it follows is in force
     * @param behind the services of which it has not acknowledged the newest change
     * @param staleMillis how long it had heard nothing before it spoke last
     */
    public record Client(
            String session,
            String service,
            String process,
            String client,
            boolean connected,
            @Nullable String remote,
            List<String> subscriptions,
            List<String> instances,
            long appliedRevision,
            List<String> behind,
            List<Renewal.Rejected> rejected,
            List<Renewal.Held> held,
            long staleMillis,
            long renewedMillisAgo) {}

    /** Adds the route. */
    public void addTo(JavalinConfig config) {
        config.routes.get("/api/v1/clients", this::list);
    }

    private void list(Context context) {
        var unused = QueryParameters.of(context, Set.of());
        CatalogState state = catalog.state();
        Map<String, String> remotes = hub.remotes();
        List<Client> clients = catalog.sessions().stream()
                .map(session -> client(session, state, remotes.get(session.id())))
                .sorted(Comparator.comparing(Client::service)
                        .thenComparing(Client::process)
                        .thenComparing(Client::session))
                .toList();
        RecordBody.answer(context, 200, new Clients(state.revision(), clients));
    }

    private Client client(StoredSession session, CatalogState state, @Nullable String remote) {
        Report report = sessions.report(session.id());
        List<String> subscriptions =
                session.content().subscriptions().stream().sorted().toList();
        List<String> behind = subscriptions.stream()
                .filter(service -> applied(report, service) < state.lastChange(service))
                .toList();
        long applied = behind.stream()
                .mapToLong(service -> applied(report, service))
                .min()
                .orElse(state.revision());
        return new Client(
                session.id(),
                session.content().service(),
                session.content().process(),
                session.content().client(),
                remote != null,
                remote,
                subscriptions,
                catalog.instances(session.lease()).stream()
                        .map(instance -> instance.metadata().namespace() + "/"
                                + instance.metadata().name())
                        .sorted()
                        .toList(),
                applied,
                behind,
                report.rejected(),
                report.held(),
                report.stale(),
                TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - report.renewedNanos()));
    }

    private static long applied(Report report, String service) {
        return report.applied().getOrDefault(service, 0L);
    }
}
