package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.tulle.api.MeshException;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TlsMode;
import io.tulle.client.Mesh;
import io.tulle.client.tls.MeshIdentity;
import io.tulle.client.tls.SpiffeId;
import io.tulle.client.tls.TlsFiles;
import io.tulle.testing.FixedSource;
import io.tulle.testing.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Channels and servers that speak mutual TLS. */
@Timeout(120)
class MutualTlsTest implements ServerInterceptor {
    private static final MethodDescriptor<String, String> WHO =
            Methods.of("Who", MethodDescriptor.MethodType.UNARY, true);
    private static final long PATIENCE_SECONDS = 50; // for a machine that does everything else first
    private static final Context.Key<String> CALLER = Context.key("caller");

    private final TestAuthority authority = TestAuthority.of("example.org");
    private final List<AutoCloseable> closing = new ArrayList<>();

    @TempDir
    private Path root;

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : closing) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T one) {
        closing.add(0, one);
        return one;
    }

    private Path folder(TestAuthority issuer, String service) throws IOException {
        Path folder = Files.createDirectories(root.resolve(service));
        issuer.issue("default", service).writeTo(folder);
        return TestAuthority.writeAuthorities(folder, authority);
    }

    private Mesh mesh(String own, boolean identity, TlsMode mode, int... ports) throws IOException {
        Mesh.Builder builder = builder(own, mode, ports);
        return closing((identity ? builder.tls(TlsFiles.in(folder(authority, own))) : builder).build());
    }

    private Mesh mesh(String own, TlsFiles identity, int... ports) {
        return closing(builder(own, TlsMode.MUTUAL, ports).tls(identity).build());
    }

    private static Mesh.Builder builder(String own, TlsMode mode, int... ports) {
        List<Resource> resources = new ArrayList<>();
        resources.add(Service.of("default", "ratings", new Service.Spec(Protocol.GRPC, List.of())));
        for (int port : ports) {
            Instance.Spec spec = Instance.Spec.of("ratings", "", "127.0.0.1", port);
            resources.add(
                    new Instance(io.tulle.api.resource.Metadata.of("default", "ratings-" + port), spec.withTls(mode)));
        }
        return Mesh.builder().service(own).source(new FixedSource(resources));
    }

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        return Contexts.interceptCall(Context.current().withValue(CALLER, caller(session)), call, headers, next);
    }

    private static String caller(@Nullable SSLSession session) {
        try {
            return session == null ? "somebody" : SpiffeId.of(session).service();
        } catch (SSLPeerUnverifiedException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int server(ServerCredentials credentials) throws IOException {
        Server server = Grpc.newServerBuilderForPort(0, credentials)
                .addService(ServerServiceDefinition.builder("shop.Ratings")
                        .addMethod(WHO, ServerCalls.asyncUnaryCall((request, answer) -> {
                            answer.onNext(CALLER.get());
                            answer.onCompleted();
                        }))
                        .build())
                .intercept(this)
                .build()
                .start();
        closing(() -> server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS));
        return server.getPort();
    }

    private int secureServer(String service) throws IOException {
        return server(MeshCredentials.server(mesh(service, true, TlsMode.MUTUAL)));
    }

    private String who(ManagedChannelBuilder<?> builder) {
        ManagedChannel channel = builder.build();
        closing(() -> channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS));
        return ClientCalls.blockingUnaryCall(
                channel, WHO, CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS), "?");
    }

    private void refused(ManagedChannelBuilder<?> builder, String because) {
        assertThatThrownBy(() -> who(builder)).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(messages(e)).contains(because);
        });
    }

    private static String messages(Throwable e) {
        return e.getMessage() + (e.getCause() == null ? "" : "; " + messages(e.getCause()));
    }

    @Test
    void bothKnowWhoTheOtherIs() throws IOException {
        int port = secureServer("ratings");

        assertThat(who(MeshChannels.builder(mesh("storefront", true, TlsMode.MUTUAL, port), "ratings")))
                .isEqualTo("default/storefront");
    }

    @Test
    void aPlainTargetTakesTheCredentials() throws IOException {
        Mesh mesh = mesh("storefront", true, TlsMode.MUTUAL, secureServer("ratings"));
        MeshChannels.install(mesh);

        assertThat(who(Grpc.newChannelBuilder("mesh:///ratings", MeshCredentials.channel(mesh, "ratings"))))
                .isEqualTo("default/storefront");
    }

    @Test
    void plainTextIsAChoice() throws IOException {
        int port = server(InsecureServerCredentials.create());

        assertThat(who(MeshChannels.builder(mesh("storefront", false, TlsMode.DISABLED, port), "ratings")))
                .isEqualTo("somebody");
        assertThat(who(MeshChannels.builder(
                        mesh("storefront", true, TlsMode.DISABLED, port), "ratings", TlsMode.DISABLED)))
                .isEqualTo("somebody");
    }

    @Test
    void anotherServiceAtTheAddressIsRefused() throws IOException {
        int port = secureServer("reviews");

        refused(
                MeshChannels.builder(mesh("storefront", true, TlsMode.MUTUAL, port), "ratings"),
                "the peer is spiffe://example.org/ns/default/svc/reviews (expected: spiffe://example.org/ns/default/svc/ratings)");
    }

    @Test
    void aChannelOfOneKindDoesNotCallEndpointsOfTheOther() throws IOException {
        int port = secureServer("ratings");

        refused(
                MeshChannels.builder(mesh("storefront", false, TlsMode.MUTUAL, port), "ratings"),
                "speaks mutual TLS and the channel does not (expected: ");
        refused(
                MeshChannels.builder(mesh("storefront", true, TlsMode.DISABLED, port), "ratings"),
                "takes plain text and the channel speaks TLS (expected: ");
    }

    @Test
    void aCallerWithoutACertificateIsRefused() throws IOException {
        int port = secureServer("ratings");
        Mesh mesh = mesh("storefront", true, TlsMode.MUTUAL, port);
        ManagedChannelBuilder<?> naked = Grpc.newChannelBuilder(
                "127.0.0.1:" + port,
                TlsChannelCredentials.newBuilder()
                        .trustManager(Objects.requireNonNull(mesh.identity()).servers("ratings"))
                        .build());

        assertThatThrownBy(() -> who(naked))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }

    /** In the words of BoringSSL, which the guide lists. */
    @Test
    void aProcessThatThePeerDoesNotTrustIsTold() throws IOException {
        MeshIdentity ratings = closing(MeshIdentity.of(TlsFiles.in(folder(authority, "ratings")), MeshListener.NONE));
        ServerSocket listening = closing(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
        new Thread(() -> refuse(ratings, listening)).start();
        Mesh mesh = mesh("storefront", stranger(), listening.getLocalPort());

        refused(MeshChannels.builder(mesh, "ratings"), "SSLV3_ALERT_CERTIFICATE_UNKNOWN");
    }

    /** Files of a root that nobody else trusts. */
    private TlsFiles stranger() throws IOException {
        TestAuthority other = TestAuthority.of("example.org");
        Path folder = folder(other, "storefront");
        return TlsFiles.in(TestAuthority.writeAuthorities(folder, other, authority));
    }

    /** Shakes hands with everybody in vain, and then reads on: a connection that is closed with something unread may lose the alert. */
    private static void refuse(MeshIdentity own, ServerSocket listening) {
        try {
            while (true) {
                try (Socket socket = listening.accept()) {
                    SSLSocketFactory factory = own.server().getSocketFactory();
                    SSLSocket secured = (SSLSocket) factory.createSocket(socket, null, false);
                    SSLParameters parameters = secured.getSSLParameters();
                    parameters.setApplicationProtocols(new String[] {"h2"});
                    secured.setSSLParameters(parameters);
                    secured.setNeedClientAuth(true);
                    assertThatThrownBy(secured::startHandshake).isInstanceOf(SSLException.class);
                    socket.getInputStream().readAllBytes();
                }
            }
        } catch (IOException e) {
            assertThat(listening.isClosed()).as("the test is over, not %s", e).isTrue();
        }
    }

    @Test
    void withoutAnIdentityThereAreNoCredentials() throws IOException {
        Mesh mesh = mesh("storefront", false, TlsMode.MUTUAL);

        assertThatThrownBy(() -> MeshCredentials.server(mesh))
                .isInstanceOf(MeshException.class)
                .hasMessage("a server by mutual TLS in a mesh without an identity (expected: Mesh.builder().tls(...))");
        assertThatThrownBy(() -> MeshChannels.builder(mesh, "ratings", TlsMode.MUTUAL))
                .isInstanceOf(MeshException.class)
                .hasMessageStartingWith("a channel to ratings by mutual TLS in a mesh without an identity");
    }
}
