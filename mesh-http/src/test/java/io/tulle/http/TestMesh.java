package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Outcome;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.source.ResourceSource;
import io.tulle.client.Mesh;
import io.tulle.client.MeshRuntime;
import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A mesh of the services {@code catalog} and {@code reviews} over real sockets, with a recorder of what was decided. */
final class TestMesh implements AutoCloseable, MeshListener, ResourceSource {
    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    final List<String> verdicts = new CopyOnWriteArrayList<>();
    final AtomicInteger started = new AtomicInteger();
    final Mesh mesh;
    private final List<Resource> resources = new ArrayList<>();
    private ResourceSource.@Nullable Sink sink;
    private Call.Factory calls;
    private OkHttpClient client;

    TestMesh(Resource... more) {
        this(builder -> builder, more);
    }

    /** A mesh whose time is {@code clock}'s. */
    static TestMesh at(ManualClock clock) {
        return new TestMesh(builder -> builder.runtime(new MeshRuntime(clock, clock, clock, () -> 1)));
    }

    private TestMesh(UnaryOperator<Mesh.Builder> settings, Resource... more) {
        resources.add(Service.of("default", "catalog", Service.Spec.DEFAULT));
        resources.add(Service.of("default", "reviews", Service.Spec.DEFAULT));
        resources.addAll(List.of(more));
        mesh = settings.apply(Mesh.builder().service("storefront").source(this).listener(this))
                .build();
        client = new OkHttpClient();
        calls = MeshCalls.of(mesh, client); // not when the first call comes: many may come at once
    }

    /** A route of {@code catalog} with one rule for everything. */
    static Route route(Route.Rule.Builder rule) {
        return new Route(
                Metadata.of("default", "catalog"),
                new Route.Spec("catalog", List.of(rule.build()), Route.RetryBudget.DEFAULT));
    }

    static Instance instance(String service, String name, int port) {
        return new Instance(Metadata.of("default", name), Instance.Spec.of(service, "", "127.0.0.1", port));
    }

    TestMesh catalogAt(int... ports) {
        for (int port : ports) {
            resources.add(instance("catalog", "catalog-" + port, port));
        }
        apply();
        return this;
    }

    TestMesh reviewsAt(int port) {
        resources.add(instance("reviews", "reviews-" + port, port));
        apply();
        return this;
    }

    void remove(String instance) {
        resources.removeIf(resource -> resource.metadata().name().equals(instance));
        apply();
    }

    private void apply() {
        Objects.requireNonNull(sink).accept(List.copyOf(resources));
    }

    TestMesh client(OkHttpClient newClient) {
        client = newClient;
        calls = MeshCalls.of(mesh, newClient);
        return this;
    }

    Call call(Request request) {
        return calls.newCall(request);
    }

    Call get(String url) {
        return call(new Request.Builder().url(url).build());
    }

    /** Returns how many attempts are counted in flight on all endpoints. */
    int inFlight() {
        return mesh.engine().snapshot().services().stream()
                .flatMap(service -> service.endpoints().stream())
                .mapToInt(endpoint -> endpoint.inFlight())
                .sum();
    }

    /** Waits until all calls are over in the books as well: when two threads end one, one of them does the books. */
    void awaitVerdicts(String... expected) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(verdicts).containsExactly(expected);
            assertThat(inFlight()).isZero();
        });
    }

    @Override
    public void callStarted(CallInfo call) {
        started.incrementAndGet();
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        outcomes.add(Objects.requireNonNull(attempt.outcome()));
    }

    @Override
    public void callEnded(CallInfo call) {
        verdicts.add(String.valueOf(call.verdict()));
    }

    @Override
    public void start(ResourceSource.Sink to) {
        sink = to;
        apply();
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        mesh.close();
    }
}
