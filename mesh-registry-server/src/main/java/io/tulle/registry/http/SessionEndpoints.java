package io.tulle.registry.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.tulle.api.resource.Durations;
import io.tulle.api.resource.Instance;
import io.tulle.client.wire.OpenSession;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.Renewal;
import io.tulle.client.wire.Renewed;
import io.tulle.registry.session.Sessions;
import io.tulle.registry.watch.WatchHub;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What processes say to the registry. Stateless beside what it is made of. */
public final class SessionEndpoints {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final String SESSIONS = "/api/v1/sessions";
    private static final String SESSION = SESSIONS + "/{session}";
    private static final String INSTANCE = SESSION + "/instances/{name}";

    private final Sessions sessions;
    private final WatchHub hub;

    /** Creates the endpoints. */
    public SessionEndpoints(Sessions sessions, WatchHub hub) {
        this.sessions = sessions;
        this.hub = hub;
    }

    /**
     * That something is gone.
     *
     * @param revision that removed it, or the newest when there was nothing to remove
     * @param waiting how many streams have not got it
     */
    public record Removed(long revision, int waiting) {}

    /** Adds the routes. */
    public void addTo(JavalinConfig config) {
        config.routes.post(SESSIONS, this::open);
        config.routes.post(SESSION, this::renew);
        config.routes.delete(SESSION, this::end);
        config.routes.put(INSTANCE, this::register);
        config.routes.delete(INSTANCE, this::deregister);
    }

    private void open(Context context) {
        RecordBody.answer(context, 201, sessions.open(RecordBody.read(context, OpenSession.class)));
    }

    private void renew(Context context) {
        Renewal renewal = RecordBody.read(context, Renewal.class);
        String session = context.pathParam("session");
        Renewed renewed = sessions.renew(session, renewal);
        hub.sendAgain(session, sessions.overdue(session));
        RecordBody.answer(context, 200, renewed);
    }

    private void register(Context context) {
        Instance instance = RecordBody.read(context, Instance.class);
        Sessions.Registered registered =
                sessions.register(context.pathParam("session"), context.pathParam("name"), instance);
        RecordBody.answer(context, registered.created() ? 201 : 200, registered.instance());
    }

    private void deregister(Context context) {
        QueryParameters query = QueryParameters.of(context, Set.of("reason", "uid", "wait"));
        RemovalReason reason = reason(query);
        Duration wait = wait(query.text("wait"));
        String uid = query.text("uid");
        String session = context.pathParam("session");
        String name = context.pathParam("name");
        Sessions.Removal removal = sessions.deregister(session, name, uid == null ? "" : uid, reason);
        if (removal.service().isEmpty() || wait.isZero()) {
            RecordBody.answer(context, 200, new Removed(removal.revision(), 0));
            return;
        }
        CompletableFuture<Integer> written = hub.written(removal.service(), removal.revision(), wait);
        context.future(() -> written.thenAccept(
                waiting -> RecordBody.answer(context, 200, new Removed(removal.revision(), waiting))));
    }

    private void end(Context context) {
        RemovalReason reason = reason(QueryParameters.of(context, Set.of("reason")));
        RecordBody.answer(context, 200, new Removed(sessions.end(context.pathParam("session"), reason), 0));
    }

    private static RemovalReason reason(QueryParameters query) {
        String reason = query.text("reason");
        if (reason == null || reason.equals("deregistered")) {
            return RemovalReason.DEREGISTERED;
        } else if (reason.equals("drained")) {
            return RemovalReason.DRAINED;
        }
        throw QueryParameters.invalid("reason", "'" + reason + "' (expected: drained or deregistered)");
    }

    private static Duration wait(@Nullable String text) {
        if (text == null) {
            return Duration.ZERO;
        }
        try {
            Duration wait = Durations.parse(text);
            if (!wait.isNegative() && wait.compareTo(LONGEST_WAIT) <= 0) {
                return wait;
            }
        } catch (IllegalArgumentException e) {
            throw QueryParameters.invalid("wait", "'" + text + "' (expected: a duration such as 5s)");
        }
        throw QueryParameters.invalid("wait", "'" + text + "' (expected: 0s..30s)");
    }
}
