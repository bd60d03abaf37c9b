package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls to instances that say {@code tls: mutual}. */
@Timeout(60)
class MutualTlsTest implements MeshListener {
    private static final int TLS_HANDSHAKE = 22;

    private final TestAuthority authority = TestAuthority.of("example.org");
    private final List<AutoCloseable> closing = new ArrayList<>();
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    @TempDir
    private Path root;

    private MeshIdentity catalog;

    @BeforeEach
    void start() throws IOException {
        catalog = closing(MeshIdentity.of(files(authority, "catalog"), MeshListener.NONE));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : closing) {
            each.close();
        }
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        outcomes.add(Objects.requireNonNull(attempt.outcome()));
    }

    private <T extends AutoCloseable> T closing(T one) {
        closing.add(0, one);
        return one;
    }

    private TlsFiles files(TestAuthority issuer, String service) throws IOException {
        Path folder = Files.createDirectories(root.resolve(service));
        issuer.issue("default", service).writeTo(folder);
        return TlsFiles.in(TestAuthority.writeAuthorities(folder, authority));
    }

    private MockWebServer server(MeshIdentity identity) throws IOException {
        MockWebServer server = new MockWebServer();
        server.useHttps(identity.server().getSocketFactory());
        server.start();
        closing(server);
        return server;
    }

    private OkHttpClient client() {
        OkHttpClient client = new OkHttpClient();
        closing(() -> client.dispatcher().executorService().shutdown());
        return client;
    }

    private Mesh mesh(@Nullable TlsFiles files, TlsMode mode, int... ports) {
        List<Resource> resources = new ArrayList<>();
        resources.add(Service.of("default", "catalog", Service.Spec.DEFAULT));
        for (int port : ports) {
            Instance.Spec spec = Instance.Spec.of("catalog", "", "127.0.0.1", port);
            resources.add(new Instance(Metadata.of("default", "catalog-" + port), spec.withTls(mode)));
        }
        Mesh.Builder builder = Mesh.builder()
                .service("storefront")
                .source(new FixedSource(resources))
                .listener(this);
        return closing((files == null ? builder : builder.tls(files)).build());
    }

    private Response get(Mesh mesh, OkHttpClient client) throws IOException {
        Request request =
                new Request.Builder().url("http://catalog:8080/books/7?lang=en").build();
        return MeshCalls.of(mesh, client).newCall(request).execute();
    }

    private void fails(Mesh mesh, TransportError as, Processed processed, String... because) {
        assertThatThrownBy(() -> get(mesh, client()).close())
                .isInstanceOf(MeshIOException.class)
                .cause()
                .isInstanceOf(SSLException.class)
                .hasMessageContainingAll(because);
        assertThat(outcomes).isNotEmpty().allSatisfy(outcome -> {
            assertThat(outcome.error()).isEqualTo(as);
            assertThat(outcome.processed()).isEqualTo(processed);
        });
    }

    @Test
    void theApplicationWritesHttp() throws Exception {
        MockWebServer server = server(catalog);
        server.enqueue(new MockResponse.Builder().body("seven").build());

        try (Response response =
                get(mesh(files(authority, "storefront"), TlsMode.MUTUAL, server.getPort()), client())) {
            assertThat(response.body().string()).isEqualTo("seven");
            assertThat(response.request().url()).hasToString("http://catalog:8080/books/7?lang=en");
            assertThat(response.protocol()).isEqualTo(Protocol.HTTP_2);
        }

        RecordedRequest seen = server.takeRequest();
        assertThat(seen.getHeaders().get(":authority")).isEqualTo("catalog:8080");
        assertThat(seen.getTarget()).isEqualTo("/books/7?lang=en");
        assertThat(Objects.requireNonNull(seen.getHandshake()).tlsVersion().javaName())
                .isEqualTo("TLSv1.3");
        assertThat(outcomes).containsExactly(new Outcome(null, Processed.YES, 5, false));
    }

    @Test
    void theResponseShowsWhatWasAskedForAlsoWhereItsBodyStreams() throws Exception {
        MockWebServer server = server(catalog);
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.enqueue(new MockResponse.Builder().chunkedBody("seven", 2).build());

        try (Response response =
                get(mesh(files(authority, "storefront"), TlsMode.MUTUAL, server.getPort()), client())) {
            assertThat(response.body().string()).isEqualTo("seven");
            assertThat(response.request().url()).hasToString("http://catalog:8080/books/7?lang=en");
            assertThat(response.request().headers()).isEmpty();
        }
    }

    @Test
    void http1WorksToo() throws Exception {
        MockWebServer server = server(catalog);
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.enqueue(new MockResponse.Builder().body("seven").build());
        OkHttpClient known = client().newBuilder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .build();

        try (Response response = get(mesh(files(authority, "storefront"), TlsMode.MUTUAL, server.getPort()), known)) {
            assertThat(response.protocol()).isEqualTo(Protocol.HTTP_1_1);
        }

        assertThat(server.takeRequest().getHeaders().get("Host")).isEqualTo("catalog:8080");
    }

    @Test
    void theServerOfTheJdkKnowsWhoCalls() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(catalog.server()));
        server.createContext("/", exchange -> {
            SpiffeId caller = SpiffeId.of(((HttpsExchange) exchange).getSSLSession());
            byte[] text = caller.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        closing(() -> server.stop(0));

        try (Response response = get(
                mesh(
                        files(authority, "storefront"),
                        TlsMode.MUTUAL,
                        server.getAddress().getPort()),
                client())) {
            assertThat(response.body().string()).isEqualTo("spiffe://example.org/ns/default/svc/storefront");
        }
    }

    @Test
    void anotherServiceAtTheAddressIsRefused() throws Exception {
        MockWebServer reviews = server(closing(MeshIdentity.of(files(authority, "reviews"), MeshListener.NONE)));

        fails(
                mesh(files(authority, "storefront"), TlsMode.MUTUAL, reviews.getPort()),
                TransportError.TLS,
                Processed.NO,
                "default/catalog/catalog-" + reviews.getPort(),
                "the peer is spiffe://example.org/ns/default/svc/reviews (expected: spiffe://example.org/ns/default/svc/catalog)");
    }

    @Test
    void anInstanceThatHangsUpIsNotCalledInPlainText() throws Exception {
        fails(
                mesh(files(authority, "storefront"), TlsMode.MUTUAL, plainServer("")),
                TransportError.TLS,
                Processed.NO,
                "ended the TLS handshake without a word",
                "may not speak TLS (expected: mutual TLS, as its instance says)");
    }

    @Test
    void aProcessWithoutAnIdentityIsTold() throws Exception {
        MockWebServer server = server(catalog);

        fails(
                mesh(null, TlsMode.MUTUAL, server.getPort()),
                TransportError.TLS,
                Processed.NO,
                "speaks mutual TLS and this process has no identity (expected: Mesh.builder().tls(...)");
    }

    @Test
    void anAnswerInPlainTextIsToldAsSuch() throws Exception {
        fails(
                mesh(files(authority, "storefront"), TlsMode.MUTUAL, plainServer("HTTP/1.1 400 Bad Request\r\n\r\n")),
                TransportError.TLS,
                Processed.NO,
                "does not speak TLS (expected: mutual TLS, as its instance says)");
    }

    /**
     * The port of a server that takes the first bytes of a handshake, answers {@code with} this and says no more. A real HTTP server waits for the end of a
     * line, and whether a client's hello has one is chance.
     */
    private int plainServer(String with) throws IOException {
        ServerSocket listening = closing(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
        new Thread(() -> answer(listening, with)).start();
        return listening.getLocalPort();
    }

    private static void answer(ServerSocket listening, String with) {
        try {
            while (true) {
                try (Socket socket = listening.accept()) {
                    assertThat(socket.getInputStream().read()).isEqualTo(TLS_HANDSHAKE);
                    socket.getOutputStream().write(with.getBytes(StandardCharsets.US_ASCII));
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                }
            }
        } catch (IOException e) {
            assertThat(listening.isClosed()).as("the test is over, not %s", e).isTrue();
        }
    }

    @Test
    void plainTextAtATlsPortIsTold() throws Exception {
        MockWebServer server = server(catalog);

        assertThatThrownBy(() -> get(mesh(null, TlsMode.DISABLED, server.getPort()), client())
                        .close())
                .isInstanceOf(MeshIOException.class)
                .cause()
                .hasMessageContaining("the endpoint answers in TLS");
    }

    @Test
    void aProcessThatThePeerDoesNotTrustIsTold() throws Exception {
        MockWebServer server = server(catalog);
        TestAuthority other = TestAuthority.of("example.org");
        Path folder = Files.createDirectories(root.resolve("stranger"));
        other.issue("default", "storefront").writeTo(folder);
        TestAuthority.writeAuthorities(folder, other, authority);

        assertThatThrownBy(() -> get(mesh(TlsFiles.in(folder), TlsMode.MUTUAL, server.getPort()), client())
                        .close())
                .isInstanceOf(MeshIOException.class);
        assertThat(outcomes).extracting(Outcome::error).doesNotContainNull();
        assertThat(server.getRequestCount()).isZero();
    }

    /** By TLS 1.3 the request has left when the refusal comes. */
    @Test
    void whoDoesNotAcceptThisProcessHasReadNoRequest() throws Exception {
        ServerSocket listening = closing(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
        new Thread(() -> refuse(listening)).start();
        Path folder = Files.createDirectories(root.resolve("stranger"));
        TestAuthority other = TestAuthority.of("example.org");
        other.issue("default", "storefront").writeTo(folder);
        TestAuthority.writeAuthorities(folder, other, authority);
        Mesh mesh = mesh(TlsFiles.in(folder), TlsMode.MUTUAL, listening.getLocalPort());
        Request post = new Request.Builder()
                .url("http://catalog:8080/orders")
                .post(RequestBody.create("one".getBytes(StandardCharsets.US_ASCII)))
                .build();

        assertThatThrownBy(() ->
                        MeshCalls.of(mesh, client()).newCall(post).execute().close())
                .isInstanceOf(MeshIOException.class)
                .cause()
                .hasMessageContainingAll("refuses this process", "Received fatal alert: certificate_unknown");
        assertThat(outcomes).isNotEmpty().allSatisfy(outcome -> {
            assertThat(outcome.error()).isEqualTo(TransportError.TLS);
            assertThat(outcome.processed()).isEqualTo(Processed.NO);
        });
    }

    /** Shakes hands with everybody in vain, and then reads on: a connection that is closed with something unread may lose the alert. */
    private void refuse(ServerSocket listening) {
        try {
            while (true) {
                try (Socket socket = listening.accept()) {
                    SSLSocketFactory factory = catalog.server().getSocketFactory();
                    SSLSocket secured = (SSLSocket) factory.createSocket(socket, null, false);
                    secured.setNeedClientAuth(true);
                    assertThatThrownBy(secured::startHandshake).isInstanceOf(SSLException.class);
                    socket.getInputStream().readAllBytes();
                }
            }
        } catch (IOException e) {
            assertThat(listening.isClosed()).as("the test is over, not %s", e).isTrue();
        }
    }
}
