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
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TlsMode;
import io.tulle.client.Mesh;
import io.tulle.client.tls.TlsFiles;
import io.tulle.testing.FixedSource;
import io.tulle.testing.RotationUnderLoad;
import io.tulle.testing.TestTrustDomain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Certificates and roots are replaced while calls are made to a server that has its connections end after a moment. More with {@code -Dtulle.rotations=100}.
 */
@Timeout(600)
class CertificateRotationTest implements ServerInterceptor {
    private static final MethodDescriptor<String, String> GET =
            Methods.of("Get", MethodDescriptor.MethodType.UNARY, true);

    private final RotationUnderLoad rotation = new RotationUnderLoad();

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
                .listener(rotation)
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        rotation.close();
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        storefront.close();
        ratings.close();
    }

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
        try {
            rotation.met(Objects.requireNonNull(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION))
                    .getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            throw new UncheckedIOException(e);
        }
        return next.startCall(call, headers);
    }

    private void call(int number) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
        assertThat(ClientCalls.blockingUnaryCall(channel, GET, options, "?")).isEqualTo("five");
    }

    @Test
    void noAttemptFails() throws IOException, InterruptedException {
        rotation.run(
                domain,
                this::call,
                List.of(Objects.requireNonNull(ratings.identity()), Objects.requireNonNull(storefront.identity())));
    }
}
