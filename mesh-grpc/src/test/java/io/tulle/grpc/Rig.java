package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.client.Mesh;
import io.tulle.client.MeshRuntime;
import io.tulle.testing.FixedSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A mesh with the service {@code ratings} on real servers, and a channel to it. */
final class Rig implements AutoCloseable, MeshListener {
    static final MethodDescriptor<String, String> GET = Methods.of("Get", MethodType.UNARY, true);
    static final MethodDescriptor<String, String> PUT = Methods.of("Put", MethodType.UNARY, false);
    static final MethodDescriptor<String, String> UPLOAD = Methods.of("Upload", MethodType.CLIENT_STREAMING, true);
    static final MethodDescriptor<String, String> LIST = Methods.of("List", MethodType.SERVER_STREAMING, true);
    static final MethodDescriptor<String, String> CHAT = Methods.of("Chat", MethodType.BIDI_STREAMING, true);
    static final List<MethodDescriptor<String, String>> ALL = List.of(GET, PUT, UPLOAD, LIST, CHAT);

    final List<String> verdicts = new CopyOnWriteArrayList<>();
    final List<String> attempts = new CopyOnWriteArrayList<>();
    final FixedSource source;
    final Mesh mesh;
    private final List<TestServer> servers = new ArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private Service service = Service.of("default", "ratings", new Service.Spec(Protocol.GRPC, List.of()));
    private boolean known = true;

    Rig() {
        this(null);
    }

    /** With time of its own; null: real time. */
    Rig(@Nullable MeshRuntime runtime) {
        source = new FixedSource(all());
        Mesh.Builder builder = Mesh.builder().service("caller").source(source).listener(this);
        mesh = (runtime == null ? builder : builder.runtime(runtime)).build();
    }

    TestServer server(String name) {
        TestServer server = unlisted(name, 0);
        list(name, "127.0.0.1", server.port());
        return server;
    }

    TestServer unlisted(String name, int port) {
        TestServer server = new TestServer(name, port, ALL);
        servers.add(server);
        return server;
    }

    Rig list(String name, String host, int port) {
        resources.add(new Instance(
                Metadata.of("default", name).withLabels(Map.of("version", name)),
                Instance.Spec.of("ratings", "", host, port)));
        apply();
        return this;
    }

    /** Has {@code name} leave and another come, at once. */
    void replace(String name, String by, int port) {
        resources.removeIf(resource -> resource.metadata().name().equals(name));
        list(by, "127.0.0.1", port);
    }

    Rig remove(String name) {
        resources.removeIf(resource -> resource.metadata().name().equals(name));
        apply();
        return this;
    }

    Rig service(Protocol protocol, String... subsets) {
        List<Service.Subset> named = new ArrayList<>();
        for (String subset : subsets) {
            named.add(new Service.Subset(subset, Map.of("version", subset)));
        }
        service = Service.of("default", "ratings", new Service.Spec(protocol, named));
        apply();
        return this;
    }

    Rig known(boolean value) {
        known = value;
        apply();
        return this;
    }

    Rig route(Route.Rule... rules) {
        resources.add(new Route(
                Metadata.of("default", "ratings"),
                new Route.Spec("ratings", List.of(rules), new Route.RetryBudget(100, 100, Duration.ofSeconds(10)))));
        apply();
        return this;
    }

    Rig policy(TrafficPolicy.Spec spec) {
        resources.add(new TrafficPolicy(Metadata.of("default", "ratings"), spec));
        apply();
        return this;
    }

    private void apply() {
        source.put(all());
    }

    private List<Resource> all() {
        List<Resource> all = new ArrayList<>();
        all.add(Service.of("default", "reviews", Service.Spec.DEFAULT));
        if (known) {
            all.add(service);
            all.addAll(resources);
        }
        return all;
    }

    ManagedChannel channel() {
        return channel(MeshChannels.builder(mesh, "ratings"));
    }

    ManagedChannel channel(ManagedChannelBuilder<?> builder) {
        ManagedChannel channel = builder.build();
        channels.add(channel);
        return channel;
    }

    /** Returns the first channel, made on first use. */
    ManagedChannel shared() {
        return channels.isEmpty() ? channel() : channels.get(0);
    }

    String call(MethodDescriptor<String, String> method) {
        return call(method, CallOptions.DEFAULT);
    }

    String call(MethodDescriptor<String, String> method, CallOptions options) {
        return ClientCalls.blockingUnaryCall(shared(), method, options, "q");
    }

    /** Starts a streaming call by hand. */
    Conversation open(MethodDescriptor<String, String> method, CallOptions options) {
        ClientCall<String, String> call = shared().newCall(method, options);
        Conversation conversation = new Conversation(call);
        call.start(conversation, new io.grpc.Metadata());
        call.request(1);
        return conversation;
    }

    int inFlight() {
        return mesh.engine().snapshot().services().stream()
                .flatMap(each -> each.endpoints().stream())
                .mapToInt(endpoint -> endpoint.inFlight())
                .sum();
    }

    @Override
    public void callEnded(CallInfo call) {
        verdicts.add(String.valueOf(call.verdict()));
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        attempts.add(attempt.endpoint() + " " + attempt.status() + " " + attempt.outcome());
    }

    @Override
    public void close() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(inFlight())
                        .as("attempts counted in flight after the test")
                        .isZero());
        channels.forEach(ManagedChannel::shutdownNow);
        mesh.close();
        servers.forEach(TestServer::close);
    }
}
