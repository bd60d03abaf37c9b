package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Verdict;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.api.source.ResourceSource;
import io.tulle.client.Mesh;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls to services that the process does not follow yet. */
class FirstUseTest {
    private final MockWebServer server = new MockWebServer();
    private final OnDemand source = new OnDemand();
    private final OkHttpClient client = new OkHttpClient();
    private final Mesh mesh =
            Mesh.builder().service("shop/storefront").source(source).build();
    private final Call.Factory calls = MeshCalls.of(mesh, client);

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        mesh.close();
        client.dispatcher().executorService().shutdown();
        server.close();
    }

    @Test
    void theFirstCallWaitsForTheServiceAndThenRuns() throws Exception {
        server.enqueue(new MockResponse.Builder().body("books").build());
        CompletableFuture<String> answer = async("http://catalog/");
        await().until(() -> source.asked.contains("shop/catalog"));
        assertThatThrownBy(() -> answer.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        source.deliver(catalog());
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("books");
    }

    @Test
    void aServiceThatIsSaidNotToExistIsRefusedWithTheNamesNearIt() {
        CompletableFuture<String> answer = async("http://catalgo/");
        await().until(() -> source.asked.contains("shop/catalgo"));
        source.absent("shop/catalgo", List.of("shop/catalog", "pay/catalog"));
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(MeshIOException.class)
                .hasStackTraceContaining(
                        "service 'catalgo' is not known in namespace shop (did you mean catalog or catalog.pay?)");
    }

    @Test
    void theDeadlineBoundsTheWait() {
        Request request = new Request.Builder()
                .url("http://catalog/")
                .tag(MeshCallOptions.class, MeshCallOptions.DEFAULT.withDeadline(Duration.ofMillis(50)))
                .build();
        assertThatThrownBy(() -> calls.newCall(request).execute())
                .isInstanceOf(MeshIOException.class)
                .satisfies(e -> assertThat(((MeshIOException) e).verdict()).isEqualTo(Verdict.DEADLINE_EXCEEDED));
    }

    @Test
    void cancellingEndsTheWait() {
        Call call = calls.newCall(new Request.Builder().url("http://catalog/").build());
        CompletableFuture<String> answer = async(call);
        await().until(() -> source.asked.contains("shop/catalog"));
        call.cancel();
        assertThatThrownBy(() -> answer.get(1, TimeUnit.SECONDS)).hasRootCauseMessage("Canceled");
    }

    @Test
    void interruptingEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> calls.newCall(
                                new Request.Builder().url("http://catalog/").build())
                        .execute())
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aSourceThatKnowsEverythingIsNotWaitedFor() {
        source.soon = false;
        assertThatThrownBy(() -> calls.newCall(
                                new Request.Builder().url("http://catalog/").build())
                        .execute())
                .isInstanceOf(MeshIOException.class)
                .satisfies(e -> assertThat(((MeshIOException) e).verdict()).isEqualTo(Verdict.UNKNOWN_SERVICE));
    }

    @Test
    void aKnownServiceIsNotAskedFor() throws IOException {
        source.deliver(catalog());
        server.enqueue(new MockResponse.Builder().body("books").build());
        try (Response response = calls.newCall(
                        new Request.Builder().url("http://catalog/").build())
                .execute()) {
            assertThat(response.body().string()).isEqualTo("books");
        }
        assertThat(source.asked).isEmpty();
    }

    private Resource[] catalog() {
        return new Resource[] {
            Service.of("shop", "catalog", Service.Spec.DEFAULT),
            new Instance(
                    Metadata.of("shop", "catalog-1"), Instance.Spec.of("catalog", "", "127.0.0.1", server.getPort()))
        };
    }

    private CompletableFuture<String> async(String url) {
        return async(calls.newCall(new Request.Builder().url(url).build()));
    }

    private static CompletableFuture<String> async(Call call) {
        return CompletableFuture.supplyAsync(() -> {
            try (Response response = call.execute()) {
                return response.body().string();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static final class OnDemand implements ResourceSource {
        final List<String> asked = new CopyOnWriteArrayList<>();
        volatile boolean soon = true;
        private final List<String> absent = new CopyOnWriteArrayList<>();
        private final List<Resource> delivered = new ArrayList<>();
        private Sink sink;

        @Override
        public void start(Sink to) {
            sink = to;
            to.accept(List.of());
        }

        @Override
        public boolean subscribe(String service) {
            asked.add(service);
            return soon && !absent.contains(service);
        }

        void deliver(Resource... resources) {
            delivered.addAll(List.of(resources));
            Objects.requireNonNull(sink).accept(List.copyOf(delivered));
        }

        void absent(String service, List<String> near) {
            absent.add(service);
            sink.absent(service, near);
        }

        @Override
        public void close() {}
    }
}
