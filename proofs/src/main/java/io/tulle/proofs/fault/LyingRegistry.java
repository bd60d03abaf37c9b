package io.tulle.proofs.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a real registry and passes everything on, until it is told to {@link #lie}: from then on the streams say something else. Thread-safe. Its port
 * is its own.
 */
public final class LyingRegistry implements AutoCloseable {
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding", "http2-settings");
    private static final Pattern SESSION = Pattern.compile("session=([^&]*)");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI truth;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tulle-lying-registry");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<LyingStream> streams = ConcurrentHashMap.newKeySet();
    private final Map<String, Truth> truths = new ConcurrentHashMap<>();
    private final AtomicLong told = new AtomicLong();
    private volatile @Nullable Lie lie;

    private LyingRegistry(URI truth, HttpServer server) {
        this.truth = truth;
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Starts one before the registry at {@code truth}. */
    public static LyingRegistry before(URI truth) {
        try {
            return new LyingRegistry(
                    truth, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("the lying registry cannot listen: " + e.getMessage(), e);
        }
    }

    /** Returns where clients connect. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Tells a lie on every stream that is open or opened from now on, in place of the truth; {@link #again} repeats it. */
    public void lie(Lie newLie) {
        lie = newLie;
        streams.forEach(stream -> stream.tell(newLie));
    }

    /** Tells the truth again: streams are cut, so that whoever listens asks anew. */
    public void repent() {
        lie = null;
        streams.forEach(LyingStream::cut);
    }

    /** Returns how many lies were told so far, over all streams. */
    public long told() {
        return told.get();
    }

    /** Tells the present lie once more on every open stream. */
    public void again() {
        Lie present = lie;
        if (present != null) {
            streams.forEach(stream -> stream.tell(present));
        }
    }

    @Override
    public void close() {
        streams.forEach(LyingStream::cut);
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean stream = exchange.getRequestURI().getPath().equals("/api/v1/watch");
            HttpResponse<InputStream> answer =
                    client.send(request(exchange, stream), HttpResponse.BodyHandlers.ofInputStream());
            answer.headers()
                    .firstValue("content-type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            try (InputStream body = answer.body()) {
                if (stream && answer.statusCode() == 200) {
                    stream(exchange, body);
                } else {
                    byte[] bytes = body.readAllBytes();
                    exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server ends
        }
    }

    private void stream(HttpExchange exchange, InputStream body) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        LyingStream stream = new LyingStream(body, out, truth(exchange), () -> lie, told::incrementAndGet);
        streams.add(stream);
        try {
            stream.run();
        } finally {
            streams.remove(stream);
        }
    }

    /** Returns what one client has been told: a stream that resumes does not say everything again. */
    private Truth truth(HttpExchange exchange) {
        Matcher session = SESSION.matcher(exchange.getRequestURI().getRawQuery());
        return truths.computeIfAbsent(session.find() ? session.group(1) : "", key -> new Truth());
    }

    /** A stream that lies has nothing to resume: whoever asks for one gets everything from the beginning, so that the liar knows what is true. */
    private HttpRequest request(HttpExchange exchange, boolean stream) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        if (stream && lie != null && query != null) {
            query = query.replaceAll("&?(since|epoch)=[^&]*", "");
        }
        URI target = truth.resolve(exchange.getRequestURI().getRawPath() + (query == null ? "" : "?" + query));
        HttpRequest.Builder builder = HttpRequest.newBuilder(target)
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        return stream ? builder.build() : builder.timeout(PATIENCE).build();
    }
}
