package io.tulle.client.wire;

import io.tulle.api.resource.Default;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/sessions/{id}}: keeps the session and says what has become of what was sent.
 *
 * @param subscriptions all services that the process follows, as {@code namespace/name}, when they have changed; null: as before
 * @param applied per service, the revision of the last line that was put in force
 * @param rejected resources that the process could not put in force; it keeps the version it had. All of them, each time
 * @param held removals that the process has not obeyed yet. All of them, each time
 * @param stale how long the process has heard nothing from a registry before this, in milliseconds
 */
public record Renewal(
        @Nullable List<String> subscriptions,
        @Default("{}") Map<String, Long> applied,
        @Default("[]") List<Rejected> rejected,
        @Default("[]") List<Held> held,
        @Default("0") long stale) {
    /** Copies. */
    public Renewal {
        subscriptions = subscriptions == null ? null : List.copyOf(subscriptions);
        applied = Map.copyOf(applied);
        rejected = List.copyOf(rejected);
        held = List.copyOf(held);
    }

    /**
     * A resource that was not put in force.
     *
     * @param kind the kind's title
     * @param name {@code namespace/name}
     * @param resourceVersion the version that was refused
     * @param reason what is wrong, one line
     */
    public record Rejected(String kind, String name, String resourceVersion, String reason) {}

    /**
     * A removal that is not obeyed yet.
     *
     * @param service {@code namespace/name}
     * @param instance the instance's name
     * @param uid the instance's uid
     * @param reason {@code expired}, or {@code absent} for an instance that is gone without a reason
     * @param since for how long, in milliseconds
     */
    public record Held(String service, String instance, String uid, String reason, long since) {}
}
