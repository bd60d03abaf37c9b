package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Outcome;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TlsMode;
import io.tulle.client.Mesh;
import io.tulle.client.tls.MeshIdentity;
import io.tulle.testing.FixedSource;
import io.tulle.testing.TestTrustDomain;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Certificates and roots are replaced while calls are made, half of them on new connections; no attempt fails, so nothing is hidden by a retry. More with {@code
 * -Dtulle.rotations=100}: a root is replaced once per twenty.
 */
@Timeout(600)
class CertificateRotationTest implements MeshListener {
    private static final int LEAVES = Integer.getInteger("tulle.rotations", 20);
    private static final int LEAVES_PER_ROOT = 20;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final Set<Certificate> met = ConcurrentHashMap.newKeySet();
    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient client = new OkHttpClient();
    private final ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    private Path folder;

    private TestTrustDomain domain;
    private MeshIdentity catalog;
    private Mesh storefront;
    private Call.Factory http;

    @BeforeEach
    void start() throws IOException {
        domain = new TestTrustDomain(folder, "example.org");
        catalog = MeshIdentity.of(domain.add("default", "catalog"), this);
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.useHttps(catalog.server().getSocketFactory());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                met.add(Objects.requireNonNull(request.getHandshake())
                        .peerCertificates()
                        .get(0));
                return new MockResponse.Builder().body("seven").build();
            }
        });
        server.start();
        Instance.Spec spec = Instance.Spec.of("catalog", "", "127.0.0.1", server.getPort());
        storefront = Mesh.builder()
                .service("storefront")
                .tls(domain.add("default", "storefront"))
                .source(new FixedSource(List.of(
                        Service.of("default", "catalog", Service.Spec.DEFAULT),
                        new Instance(Metadata.of("default", "catalog-1"), spec.withTls(TlsMode.MUTUAL)))))
                .listener(this)
                .build();
        http = MeshCalls.of(storefront, client);
    }

    @AfterEach
    void stop() {
        load.shutdownNow();
        storefront.close();
        client.dispatcher().executorService().shutdown();
        server.close();
        catalog.close();
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        Outcome outcome = Objects.requireNonNull(attempt.outcome());
        if (outcome.error() != null) {
            failures.add("attempt: " + outcome);
        }
    }

    private void call() {
        boolean fresh = answered.get() % 2 == 0;
        Request.Builder request = new Request.Builder().url("http://catalog/books/7");
        try (Response response = http.newCall((fresh ? request.header("Connection", "close") : request).build())
                .execute()) {
            assertThat(response.body().string()).isEqualTo("seven");
            answered.incrementAndGet();
        } catch (IOException | RuntimeException | AssertionError e) {
            failures.add("call: " + e + ", because of " + e.getCause());
        }
    }

    private void awaitBoth() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> domain.inForce(catalog) && domain.inForce(Objects.requireNonNull(storefront.identity())));
    }

    /** Waits until the server has met its caller with each of its certificates so far. */
    private void awaitMet(int certificates) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> met.size() == certificates || !failures.isEmpty());
    }

    @Test
    void noAttemptFails() throws IOException {
        Future<?> calls = load.scheduleWithFixedDelay(this::call, 0, 10, TimeUnit.MILLISECONDS);
        awaitMet(1);
        for (int i = 1; i <= LEAVES; i++) {
            boolean root = i % LEAVES_PER_ROOT == 0;
            if (root) {
                domain.addRoot();
                awaitBoth();
            }
            domain.reissue();
            awaitBoth();
            awaitMet(i + 1);
            if (root) {
                domain.dropOldRoots();
                awaitBoth();
            }
        }

        assertThat(failures).isEmpty();
        assertThat(calls).isNotDone(); // nothing has escaped from them
        assertThat(answered.get()).isGreaterThan(LEAVES);
    }
}
