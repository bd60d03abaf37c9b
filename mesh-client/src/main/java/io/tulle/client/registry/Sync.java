package io.tulle.client.registry;

import io.tulle.client.wire.Renewal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a process stands with its registry, for people and metrics. Immutable.
 *
 * @param connected whether the stream is open
 * @param registry the registry that it talks, or tries to talk, to
 * @param epoch of the registry's data that was heard last; empty before the first
 * @param revision up to which everything was heard
 * @param stale for how long nothing has been heard; zero while progress marks come
 * @param trouble what went wrong last, since the stream was opened; empty when nothing did
 * @param subscriptions the services that are followed, as {@code namespace/name}
 * @param applied per service, the revision that is in force
 * @param rejected resources that could not be put in force; the version before stays
 * @param held instances that are kept although the registry says, or seems to say, that they are gone
 * @param registered the instances of this process that the registry has confirmed
 */
public record Sync(
        boolean connected,
        @Nullable URI registry,
        String epoch,
        long revision,
        Duration stale,
        String trouble,
        List<String> subscriptions,
        Map<String, Long> applied,
        List<Renewal.Rejected> rejected,
        List<Renewal.Held> held,
        List<String> registered) {
    /** Of a mesh that has no registry. */
    public static final Sync NONE =
            new Sync(false, null, "", 0, Duration.ZERO, "", List.of(), Map.of(), List.of(), List.of(), List.of());

    /** Copies. */
    public Sync {
        subscriptions = List.copyOf(subscriptions);
        applied = Map.copyOf(applied);
        rejected = List.copyOf(rejected);
        held = List.copyOf(held);
        registered = List.copyOf(registered);
    }

    Sync withStale(Duration newStale) {
        return new Sync(
                connected,
                registry,
                epoch,
                revision,
                newStale,
                trouble,
                subscriptions,
                applied,
                rejected,
                held,
                registered);
    }
}
