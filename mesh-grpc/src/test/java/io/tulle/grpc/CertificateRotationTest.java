package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.tulle.api.call.Outcome;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TlsMode;
import io.tulle.client.Mesh;
import io.tulle.client.tls.TlsFiles;
import io.tulle.testing.FixedSource;
import io.tulle.testing.TestTrustDomain;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import javax.net.ssl.SSLPeerUnverifiedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Certificates and roots are replaced while calls are made to a server that has its connections end after a moment; no attempt fails, so nothing is hidden by a retry. More
 * with {@code -Dtulle.rotations=100}: a root is replaced once per twenty.
 */
@Timeout(600)
class CertificateRotationTest implements MeshListener, ServerInterceptor {
    private static final int LEAVES = Integer.getInteger("tulle.rotations", 20);
    private static final int LEAVES_PER_ROOT = 20;
    private static final MethodDescriptor<String, String> GET =
            Methods.of("Get", MethodDescriptor.MethodType.UNARY, true);

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final Set<Certificate> met = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    private Path folder;

    private TestTrustDomain domain;
    private Mesh ratings;
    private Mesh storefront;
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        domain = new TestTrustDomain(folder, "example.org");
        ratings = mesh("ratings", domain.add("default", "ratings"), List.of());
        server = Grpc.newServerBuilderForPort(0, MeshCredentials.server(ratings))
                .maxConnectionAge(50, TimeUnit.MILLISECONDS)
                .addService(ServerServiceDefinition.builder("shop.Ratings")
                        .addMethod(GET, ServerCalls.asyncUnaryCall((request, answer) -> {
                            answer.onNext("five");
                            answer.onCompleted();
                        }))
                        .build())
                .intercept(this)
                .build()
                .start();
        Instance.Spec spec = Instance.Spec.of("ratings", "", "127.0.0.1", server.getPort());
        storefront = mesh(
                "storefront",
                domain.add("default", "storefront"),
                List.of(
                        Service.of("default", "ratings", new Service.Spec(Protocol.GRPC, List.of())),
                        new Instance(
                                io.tulle.api.resource.Metadata.of("default", "ratings-1"),
                                spec.withTls(TlsMode.MUTUAL))));
        channel = MeshChannels.builder(storefront, "ratings").build();
    }

    private Mesh mesh(String service, TlsFiles files, List<Resource> resources) {
        return Mesh.builder()
                .service(service)
                .tls(files)
                .source(new FixedSource(resources))
                .listener(this)
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        load.shutdownNow();
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        storefront.close();
        ratings.close();
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        Outcome outcome = Objects.requireNonNull(attempt.outcome());
        if (outcome.error() != null) {
            failures.add("attempt: " + outcome);
        }
    }

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
        try {
            met.add(Objects.requireNonNull(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION))
                    .getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            throw new UncheckedIOException(e);
        }
        return next.startCall(call, headers);
    }

    private void call() {
        try {
            CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
            assertThat(ClientCalls.blockingUnaryCall(channel, GET, options, "?"))
                    .isEqualTo("five");
            answered.incrementAndGet();
        } catch (StatusRuntimeException | AssertionError e) {
            failures.add("call: " + e + ", because of " + e.getCause());
        }
    }

    private void awaitBoth() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> domain.inForce(Objects.requireNonNull(ratings.identity()))
                        && domain.inForce(Objects.requireNonNull(storefront.identity())));
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
