package io.tulle.client.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.client.codec.JsonRecords;
import io.tulle.client.wire.OpenSession;
import io.tulle.client.wire.Renewal;
import io.tulle.client.wire.Renewed;
import io.tulle.client.wire.SessionOpened;
import io.tulle.client.wire.WatchLine;
import io.tulle.client.wire.WatchLine.ServiceUpdate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A registry of one thread per request that keeps the contract as far as these tests need it. Thread-safe by its own lock. */
final class FakeRegistry implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(3);
    static final Duration PROGRESS = Duration.ofMillis(200);

    private static final String END = "";

    final List<Renewal> renewals = new CopyOnWriteArrayList<>();
    final List<OpenSession> opened = new CopyOnWriteArrayList<>();
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Map<String, Resource>> services = new TreeMap<>();
    private final Map<String, Long> last = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> sessions = new ConcurrentHashMap<>();
    private final Map<String, Stream> streams = new ConcurrentHashMap<>();
    private String epoch = "e1";
    private long revision = 1;
    private volatile boolean closed;

    private record Stream(String session, BlockingQueue<String> lines) {}

    FakeRegistry() {
        this(0);
    }

    FakeRegistry(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        threads.execute(this::tick);
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    synchronized FakeRegistry epoch(String newEpoch) {
        epoch = newEpoch;
        return this;
    }

    /** Writes resources in one revision. */
    synchronized void put(Resource... resources) {
        revision++;
        Map<String, List<Resource>> changed = new TreeMap<>();
        for (Resource resource : resources) {
            services.computeIfAbsent(resource.service(), key -> new TreeMap<>()).put(resource.title(), resource);
            changed.computeIfAbsent(resource.service(), key -> new ArrayList<>())
                    .add(resource);
        }
        List<ServiceUpdate> updates = new ArrayList<>();
        changed.forEach((service, list) -> updates.add(new ServiceUpdate(
                service, last.getOrDefault(service, 0L), true, List.of(), list, List.of(), List.of())));
        changed.keySet().forEach(service -> last.put(service, revision));
        send(new WatchLine(WatchLine.Type.CHANGE, epoch, revision, updates));
    }

    /** Removes resources of one service in one revision. */
    synchronized void remove(String service, WatchLine.Removed... removed) {
        revision++;
        for (WatchLine.Removed one : removed) {
            String namespace = service.substring(0, service.indexOf('/'));
            services.getOrDefault(service, Map.of()).remove(one.kind() + " " + namespace + "/" + one.name());
        }
        ServiceUpdate update = new ServiceUpdate(
                service, last.getOrDefault(service, 0L), true, List.of(), List.of(), List.of(removed), List.of());
        last.put(service, revision);
        send(new WatchLine(WatchLine.Type.CHANGE, epoch, revision, List.of(update)));
    }

    /** Sends a line to everybody as it is. */
    synchronized void raw(String line) {
        streams.values().forEach(stream -> stream.lines().add(line));
    }

    synchronized void cutStreams() {
        raw(END);
        streams.clear();
    }

    synchronized void forgetSessions() {
        sessions.clear();
        cutStreams();
    }

    Set<String> sessions() {
        return sessions.keySet();
    }

    synchronized boolean has(String service, String title) {
        return services.getOrDefault(service, Map.of()).containsKey(title);
    }

    private void send(WatchLine line) {
        streams.values().forEach(stream -> {
            List<ServiceUpdate> mine = line.services().stream()
                    .filter(update ->
                            sessions.getOrDefault(stream.session(), Set.of()).contains(update.service()))
                    .toList();
            if (!mine.isEmpty()) {
                stream.lines().add(JsonRecords.write(new WatchLine(line.type(), line.epoch(), line.revision(), mine)));
            }
        });
    }

    private void tick() {
        BlockingQueue<String> never = new LinkedBlockingQueue<>();
        try {
            while (!closed) {
                never.poll(PROGRESS.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
                synchronized (this) {
                    raw(JsonRecords.write(new WatchLine(WatchLine.Type.PROGRESS, epoch, revision, List.of())));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        if (path.equals("/api/v1/watch")) {
            watch(exchange);
        } else if (path.equals("/api/v1/sessions")) {
            answer(exchange, 201, open(body));
        } else {
            session(exchange, path.substring("/api/v1/sessions/".length()).split("/"), body);
        }
    }

    private synchronized String open(String body) {
        OpenSession session = JsonRecords.read(OpenSession.class, "body", body);
        opened.add(session);
        String id = "s" + opened.size() + "-" + epoch;
        sessions.put(id, Set.copyOf(session.subscriptions()));
        session.instances().forEach(this::register);
        return JsonRecords.write(new SessionOpened(id, epoch, revision, LEASE, namespaces(), PROGRESS));
    }

    private void register(Instance instance) {
        String title = "Service " + instance.service();
        if (has(instance.service(), title)) {
            put(instance);
        } else {
            String service = instance.service();
            put(
                    Service.of(
                            service.substring(0, service.indexOf('/')),
                            service.substring(service.indexOf('/') + 1),
                            Service.Spec.DEFAULT),
                    instance);
        }
    }

    private List<String> namespaces() {
        return services.keySet().stream()
                .map(name -> name.substring(0, name.indexOf('/')))
                .distinct()
                .toList();
    }

    private void session(HttpExchange exchange, String[] parts, String body) throws IOException {
        if (!sessions.containsKey(parts[0])) {
            answer(exchange, 404, "{\"status\":404,\"code\":\"unknown-session\",\"detail\":\"" + parts[0] + "\"}");
        } else if (exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 200, renew(parts[0], body));
        } else if (exchange.getRequestMethod().equals("PUT")) {
            synchronized (this) {
                register(JsonRecords.read(Instance.class, "body", body));
            }
            answer(exchange, 200, body);
        } else {
            delete(parts);
            answer(exchange, 200, "{\"revision\":1,\"waiting\":0}");
        }
    }

    private synchronized void delete(String[] parts) {
        if (parts.length == 1) {
            sessions.remove(parts[0]);
            Stream stream = streams.remove(parts[0]);
            if (stream != null) {
                stream.lines().add(END);
            }
        } else {
            services.forEach((service, resources) ->
                    resources.remove("Instance " + service.substring(0, service.indexOf('/')) + "/" + parts[2]));
        }
    }

    private synchronized String renew(String id, String body) {
        Renewal renewal = JsonRecords.read(Renewal.class, "body", body);
        renewals.add(renewal);
        List<String> subscriptions = renewal.subscriptions();
        if (subscriptions != null) {
            Set<String> before = sessions.get(id);
            sessions.put(id, Set.copyOf(subscriptions));
            Stream stream = streams.get(id);
            subscriptions.stream()
                    .filter(one -> !before.contains(one) && stream != null)
                    .forEach(one -> stream.lines().add(snapshot(one)));
        }
        return JsonRecords.write(new Renewed(epoch, revision, LEASE, namespaces()));
    }

    private String snapshot(String service) {
        Map<String, Resource> resources = services.getOrDefault(service, Map.of());
        boolean exists = !resources.isEmpty();
        ServiceUpdate update = new ServiceUpdate(
                service,
                last.getOrDefault(service, 0L),
                exists,
                exists ? List.of() : List.copyOf(services.keySet()),
                List.copyOf(resources.values()),
                List.of(),
                List.of());
        return JsonRecords.write(new WatchLine(WatchLine.Type.SNAPSHOT, epoch, revision, List.of(update)));
    }

    private void watch(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String id = query.replaceAll(".*session=([^&]*).*", "$1");
        Stream stream = new Stream(id, new LinkedBlockingQueue<>());
        synchronized (this) {
            if (!sessions.containsKey(id)) {
                answer(exchange, 404, "{\"status\":404,\"code\":\"unknown-session\"}");
                return;
            }
            if (!query.contains("since=") || !query.contains("epoch=" + epoch + "&")) {
                sessions.get(id).forEach(service -> stream.lines().add(snapshot(service)));
            }
            streams.put(id, stream);
        }
        exchange.sendResponseHeaders(200, 0);
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            for (String line = stream.lines().take();
                    !line.equals(END);
                    line = stream.lines().take()) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        closed = true;
        cutStreams();
        server.stop(0);
        threads.shutdownNow();
    }
}
