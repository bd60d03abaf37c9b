package io.tulle.registry.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.session.Sessions;
import io.tulle.registry.store.CompactedException;
import io.tulle.registry.watch.BehindException;
import io.tulle.registry.watch.Resume;
import io.tulle.registry.watch.TooManyWatchersException;
import io.tulle.registry.watch.WatchHub;
import io.tulle.registry.watch.Watcher;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The stream of what changes. A stream holds no thread while nothing is written to it. Stateless beside what it is made of. */
public final class WatchEndpoint {
    private static final int MOST_SERVICES = 1_000;
    private static final long PATIENCE_MILLIS = 2_000;
    private static final Pattern REVISION = Pattern.compile("\\d{1,18}");

    private final Catalog catalog;
    private final WatchHub hub;
    private final Executor writers;

    /**
     * Creates the endpoint.
     *
     * @param writers run short tasks that write without blocking
     */
    public WatchEndpoint(Catalog catalog, WatchHub hub, Executor writers) {
        this.catalog = catalog;
        this.hub = hub;
        this.writers = writers;
    }

    /** Adds the route. */
    public void addTo(JavalinConfig config) {
        config.routes.get("/api/v1/watch", this::watch);
    }

    private void watch(Context context) {
        Resume resume = resume(context);
        Function<Runnable, Watcher> attaching = attaching(context, resume);
        context.future(() -> stream(context, attaching)
                .handle((ended, failure) -> failure)
                .thenCompose(failure -> {
                    Throwable cause = failure != null && failure.getCause() != null ? failure.getCause() : failure;
                    if (cause instanceof BehindException && resume.since() != null) {
                        return later(context, resume.since(), attaching);
                    }
                    return cause == null ? done() : CompletableFuture.failedFuture(problem(cause));
                }));
    }

    private CompletableFuture<Void> later(Context context, long since, Function<Runnable, Watcher> attaching) {
        return catalog.reached(since)
                .completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .thenComposeAsync(reached -> stream(context, attaching), writers)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        problem(failure.getCause() == null ? failure : failure.getCause())));
    }

    private CompletableFuture<Void> stream(Context context, Function<Runnable, Watcher> attaching) {
        try {
            return StreamWriter.start(context, hub, attaching, writers);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    private Function<Runnable, Watcher> attaching(Context context, Resume resume) {
        String remote = context.req().getRemoteAddr() + ":" + context.req().getRemotePort();
        List<String> services = context.queryParams("service");
        String session = single(context, "session");
        if (session == null == services.isEmpty()) {
            throw QueryParameters.invalid(
                    "session",
                    session == null
                            ? "missing (expected: session=ID or service=namespace/name)"
                            : "together with service (expected: one of them)");
        }
        if (session == null) {
            check(services);
            return wake -> hub.attach(Set.copyOf(services), remote, resume, wake);
        }
        return wake -> {
            Watcher watcher = hub.attach(session, remote, resume, wake);
            if (watcher == null) {
                throw Sessions.unknown(session);
            }
            return watcher;
        };
    }

    private static void check(List<String> services) {
        if (services.size() > MOST_SERVICES) {
            throw QueryParameters.invalid(
                    "service", services.size() + " times (expected: at most " + MOST_SERVICES + ")");
        }
        for (String service : services) {
            if (!Sessions.isService(service)) {
                throw QueryParameters.invalid("service", "'" + service + "' (expected: namespace/name)");
            }
        }
    }

    private static Resume resume(Context context) {
        for (String name : context.queryParamMap().keySet()) {
            if (!Set.of("session", "service", "epoch", "since").contains(name)) {
                throw QueryParameters.invalid(name, "unknown parameter (expected: session, service, epoch or since)");
            }
        }
        String since = single(context, "since");
        if (since != null && !REVISION.matcher(since).matches()) {
            throw new ProblemException(
                    400,
                    "invalid-revision",
                    "since: '" + (since.length() > 64 ? since.substring(0, 64) + "..." : since)
                            + "' (expected: the revision of a line, a whole number)",
                    List.of(new ProblemException.Field("query/since", "a whole number is expected")),
                    Map.of());
        }
        return new Resume(single(context, "epoch"), since == null ? null : Long.valueOf(since));
    }

    private static @Nullable String single(Context context, String name) {
        List<String> given = context.queryParams(name);
        if (given.size() > 1) {
            throw QueryParameters.invalid(name, given.size() + " times (expected: once)");
        }
        return given.isEmpty() ? null : given.get(0);
    }

    private static Throwable problem(Throwable failure) {
        if (failure instanceof BehindException) {
            return new ProblemException(
                    503,
                    "behind",
                    failure.getMessage() + "; try another one, or start without since",
                    List.of(),
                    Map.of("Retry-After", "1"));
        } else if (failure instanceof CompactedException) {
            return new ProblemException(410, "compacted", failure.getMessage() + "; start without since");
        } else if (failure instanceof TooManyWatchersException) {
            return new ProblemException(
                    429,
                    "too-many-watchers",
                    String.valueOf(failure.getMessage()),
                    List.of(),
                    Map.of("Retry-After", "5"));
        }
        return failure;
    }
}
