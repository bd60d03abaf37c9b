package io.tulle.client.registry;

import io.tulle.api.resource.Instance;
import io.tulle.client.wire.OpenSession;
import io.tulle.client.wire.Renewal;
import org.jspecify.annotations.Nullable;

/** What {@link SessionMachine} wants done. What comes of it goes back with the command's ticket; what has been given up comes back to nobody. */
sealed interface Command {
    /** Returns the number by which the answer finds back. */
    long ticket();

    /** {@code POST /api/v1/sessions}. */
    record Open(long ticket, int registry, OpenSession body) implements Command {}

    /** {@code POST /api/v1/sessions/{id}}. */
    record Renew(long ticket, int registry, String session, Renewal body) implements Command {}

    /** {@code PUT /api/v1/sessions/{id}/instances/{name}}. */
    record Register(long ticket, int registry, String session, Instance instance) implements Command {}

    /** {@code GET /api/v1/watch}; without an epoch, from the beginning. */
    record Watch(
            long ticket,
            int registry,
            String session,
            @Nullable String epoch,
            long since) implements Command {}

    /** Gives up whatever goes on under the ticket. */
    record Drop(long ticket) implements Command {}
}
