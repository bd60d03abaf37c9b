package io.tulle.client.registry;

import io.tulle.api.resource.Default;
import io.tulle.api.resource.Durations;
import io.tulle.client.codec.InvalidFileException;
import io.tulle.client.codec.JsonRecords;
import io.tulle.client.wire.RemovalReason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The session's protocol over the JDK's HTTP client (docs/adr/0007). Thread-safe. */
final class HttpTransport implements Transport {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration BOUND = Duration.ofSeconds(5);
    private final List<URI> registries;
    private final HttpClient client;
    private final Map<Long, Runnable> running = new ConcurrentHashMap<>();

    HttpTransport(List<URI> registries) {
        this.registries = registries;
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                2, 2, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), HttpTransport::thread);
        threads.allowCoreThreadTimeOut(true); // so that nobody need end them, and the client can finish what it does
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(threads)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "tulle-registry-io");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Command command, Answers answers) {
        if (command instanceof Command.Open open) {
            ask(command, open.registry(), post(open.registry(), "/api/v1/sessions", open.body()), answers);
        } else if (command instanceof Command.Renew renew) {
            ask(command, renew.registry(), post(renew.registry(), session(renew.session()), renew.body()), answers);
        } else if (command instanceof Command.Register register) {
            String path = session(register.session()) + "/instances/"
                    + register.instance().metadata().name();
            HttpRequest.Builder request = request(register.registry(), path)
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(JsonRecords.write(register.instance())));
            ask(command, register.registry(), request, answers);
        } else if (command instanceof Command.Watch watch) {
            watch(watch, answers);
        } else if (command instanceof Command.Drop drop) {
            Runnable cancel = running.remove(drop.ticket());
            if (cancel != null) {
                cancel.run();
            }
        }
    }

    private void ask(Command command, int registry, HttpRequest.Builder request, Answers answers) {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request.build(), head -> new BoundedBody());
        running.put(command.ticket(), () -> answer.cancel(true));
        var unused = answer.whenComplete((response, failure) -> {
            if (running.remove(command.ticket()) == null) {
                return; // given up
            }
            if (response == null) {
                answers.failed(command, failure(registry, failure));
            } else if (response.statusCode() / 100 == 2) {
                answers.answered(command, response.body());
            } else {
                answers.failed(command, problem(response));
            }
        });
    }

    private void watch(Command.Watch watch, Answers answers) {
        LineSubscriber lines = new LineSubscriber(
                (line, dealtWith) -> answers.line(watch, line, dealtWith),
                reason -> answers.garbage(watch, reason),
                LineSubscriber.MOST_BYTES);
        HttpRequest request = request(watch.registry(), watchPath(watch)).build();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, head -> {
            if (head.statusCode() != 200) {
                return new BoundedBody();
            }
            answers.streaming(watch);
            return HttpResponse.BodySubscribers.fromSubscriber(lines, done -> "");
        });
        running.put(watch.ticket(), () -> {
            lines.cancel();
            answer.cancel(true);
        });
        var unused = answer.whenComplete((response, failure) -> {
            if (running.remove(watch.ticket()) != null) {
                answers.failed(
                        watch,
                        response == null
                                ? failure(watch.registry(), failure)
                                : response.statusCode() == 200
                                        ? Failure.noAnswer(registries.get(watch.registry()) + ": the stream has ended")
                                        : problem(response));
            }
        });
    }

    private static String watchPath(Command.Watch watch) {
        String path = "/api/v1/watch?session=" + encoded(watch.session());
        String epoch = watch.epoch();
        return epoch == null ? path : path + "&epoch=" + encoded(epoch) + "&since=" + watch.since();
    }

    @Override
    public CompletableFuture<Integer> remove(
            int registry, String session, String name, String uid, RemovalReason reason, Duration wait) {
        String path = session(session) + "/instances/" + name + "?reason="
                + reason.name().toLowerCase(Locale.ROOT) + "&uid=" + encoded(uid)
                + (wait.isZero() ? "" : "&wait=" + Durations.format(wait));
        return delete(registry, path, wait.plus(BOUND))
                .thenApply(body -> JsonRecords.read(Removed.class, "the registry's answer", body)
                        .waiting());
    }

    @Override
    public CompletableFuture<Void> end(int registry, String session) {
        return delete(registry, session(session) + "?reason=deregistered", BOUND)
                .thenApply(body -> null);
    }

    private CompletableFuture<String> delete(int registry, String path, Duration bound) {
        HttpRequest request = request(registry, path).timeout(bound).DELETE().build();
        return client.sendAsync(request, head -> new BoundedBody()).thenApply(response -> {
            if (response.statusCode() / 100 == 2) {
                return response.body();
            }
            throw new CompletionException(new IOException(problem(response).message()));
        });
    }

    private HttpRequest.Builder post(int registry, String path, Record body) {
        return request(registry, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonRecords.write(body)));
    }

    private HttpRequest.Builder request(int registry, String path) {
        return HttpRequest.newBuilder(URI.create(registries.get(registry) + path));
    }

    private static String session(String id) {
        return "/api/v1/sessions/" + encoded(id);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Failure failure(int registry, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String what = cause instanceof ConnectException
                ? "cannot be reached"
                : "the connection broke (" + cause.getMessage() + ")";
        return Failure.noAnswer(registries.get(registry) + ": " + what);
    }

    private static Failure problem(HttpResponse<String> response) {
        Problem problem = Problem.of(response.body());
        String where = response.uri().getScheme() + "://" + response.uri().getAuthority();
        return new Failure(
                response.statusCode(),
                problem.code(),
                where + ": " + response.statusCode() + " " + problem.code() + " " + problem.detail());
    }

    @Override
    public void close() {
        running.values().forEach(Runnable::run);
        running.clear();
    }

    private record Removed(@Default("0") int waiting) {}

    private record Problem(
            @Default("") String code, @Default("") String detail) {
        static Problem of(String body) {
            try {
                return JsonRecords.read(Problem.class, "the registry's answer", body);
            } catch (InvalidFileException e) {
                return new Problem("", "without a problem that could be read");
            }
        }
    }
}
