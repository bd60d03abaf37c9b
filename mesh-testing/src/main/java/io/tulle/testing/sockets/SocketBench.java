package io.tulle.testing.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.client.Mesh;
import io.tulle.testing.FixedSource;
import io.tulle.testing.tck.Seen;
import io.tulle.testing.wire.WireScript;
import io.tulle.testing.wire.WireServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A driver on a mesh of one service, whose instances are raw servers, and the books of what happened. No endpoint is ever ejected, retries come soon and cost
 * nothing. {@link #close} demands that nothing is left: no call, no attempt, no load, no connection. Confined to one thread.
 */
public final class SocketBench implements AutoCloseable {
    private final Wire wire;
    private final Duration patience;
    private final CallBooks books = new CallBooks();
    private final List<WireServer> servers;
    private final Mesh mesh;
    private final SocketDriver.Client client;

    /** Sets up {@code endpoints} servers under one rule. */
    public SocketBench(SocketDriver driver, Wire wire, int endpoints, Route.Rule rule) {
        this.wire = wire;
        patience = driver.patience();
        servers = IntStream.range(0, endpoints)
                .mapToObj(i -> WireServer.start(wire.speaks()).answers(wire.ok()))
                .toList();
        mesh = Mesh.builder()
                .service("default/caller")
                .source(new FixedSource(resources(rule)))
                .listener(books)
                .build();
        client = driver.connect(mesh, wire);
    }

    /** Sets up one server under a rule of three attempts. */
    public SocketBench(SocketDriver driver, Wire wire) {
        this(driver, wire, 1, rule(Duration.ZERO));
    }

    /** Returns a rule of three attempts that follow each other soon. */
    public static Route.Rule rule(Duration attemptTimeout) {
        return Route.Rule.builder()
                .retry(Route.Retry.builder()
                        .attempts(3)
                        .attemptTimeout(attemptTimeout)
                        .backoff(Duration.ofMillis(20), Duration.ofMillis(20))
                        .build())
                .build();
    }

    /** Returns a rule by which a second attempt is sent beside the first after {@code delay}. */
    static Route.Rule hedged(Duration delay) {
        return Route.Rule.builder().hedge(Route.Hedge.after(delay)).build();
    }

    private List<Resource> resources(Route.Rule rule) {
        Metadata shop = Metadata.of("default", SocketDriver.SERVICE);
        Protocol protocol = wire == Wire.GRPC ? Protocol.GRPC : Protocol.HTTP;
        List<Resource> resources = new ArrayList<>();
        resources.add(new Service(shop, new Service.Spec(protocol, List.of())));
        resources.add(new Route(
                shop,
                new Route.Spec(
                        SocketDriver.SERVICE,
                        List.of(rule),
                        new Route.RetryBudget(100, 1000, Duration.ofSeconds(10)))));
        resources.add(new TrafficPolicy(
                shop,
                TrafficPolicy.Spec.defaults(SocketDriver.SERVICE)
                        .withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                                .consecutiveFailures(0)
                                .failureRate(0, 1)
                                .build())));
        for (int i = 0; i < servers.size(); i++) {
            resources.add(new Instance(
                    Metadata.of("default", instance(i)),
                    Instance.Spec.of(
                            SocketDriver.SERVICE,
                            instance(i),
                            "127.0.0.1",
                            servers.get(i).port())));
        }
        return resources;
    }

    static String instance(int server) {
        return SocketDriver.SERVICE + "-" + server;
    }

    /** Returns the first server. */
    public WireServer server() {
        return servers.get(0);
    }

    /** Returns all servers. */
    public List<WireServer> servers() {
        return servers;
    }

    /** Returns what is spoken. */
    public Wire wire() {
        return wire;
    }

    /** Has every server answer by {@code scripts}. */
    public SocketBench answers(WireScript... scripts) {
        servers.forEach(server -> server.answers(scripts));
        return this;
    }

    /** Starts a call. */
    public SocketDriver.Running start(SocketCall call) {
        return client.start(call);
    }

    /** Makes a call, reads its response, and returns what came of it when its books are closed. */
    public Result call(SocketCall call) throws InterruptedException {
        Seen seen = start(call).awaitEnd();
        return new Result(call, seen, settleOne(), requests());
    }

    /** Waits for the end of everything and returns the calls that there were. */
    List<CallBooks.Booked> settle() throws InterruptedException {
        List<CallBooks.Booked> calls = books.settle(patience);
        calls.forEach(SocketBench::leaksNothing);
        return calls;
    }

    private CallBooks.Booked settleOne() throws InterruptedException {
        List<CallBooks.Booked> calls = settle();
        assertThat(calls).as("calls").hasSize(1);
        return calls.get(0);
    }

    /** Returns how many requests have arrived completely. */
    public int requests() {
        return servers.stream().mapToInt(WireServer::requests).sum();
    }

    /** Returns how many attempts are counted in flight. */
    public int inFlight() {
        return mesh.engine().snapshot().services().stream()
                .flatMap(service -> service.endpoints().stream())
                .mapToInt(endpoint -> endpoint.inFlight())
                .sum();
    }

    /**
     * Closes everything.
     *
     * @throws AssertionError if something is left
     */
    @Override
    public void close() {
        close(0);
    }

    /** Closes everything like {@link #close()}, but lets the client leave some connections to their idle timeout. */
    void close(int mostLeft) {
        try {
            leavesNothing(mostLeft);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the bench was closed", e);
        } finally {
            client.close();
            mesh.close();
            servers.forEach(WireServer::close);
        }
    }

    private void leavesNothing(int mostLeft) throws InterruptedException {
        settle();
        assertThat(inFlight()).as("attempts counted in flight at the end").isZero();
        client.close();
        mesh.close();
        for (WireServer server : servers) {
            assertThat(server.awaitOpen(mostLeft, patience))
                    .as("connections that the client has left open")
                    .isLessThanOrEqualTo(mostLeft);
        }
    }

    private static void leaksNothing(CallBooks.Booked call) {
        assertThat(call.attempts()).noneMatch(attempt -> attempt.outcome().error() == TransportError.LEAKED);
    }
}
