package io.tulle.testing.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.listener.MeshListener;
import io.tulle.client.tls.MeshIdentity;
import io.tulle.client.tls.SpiffeId;
import io.tulle.client.tls.TlsFiles;
import io.tulle.testing.TestAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that meet on a socket. */
@Timeout(60)
class HandshakeTest {
    private static final int MILLIS = 20_000;

    private final TestAuthority authority = TestAuthority.of("example.org");
    private final ExecutorService background = Executors.newCachedThreadPool();

    @TempDir
    private Path root;

    private MeshIdentity storefront;
    private MeshIdentity catalog;
    private int port; // the same each time: the JDK's clients remember sessions by it

    @BeforeEach
    void start() throws IOException {
        storefront = identity("storefront", authority.issue("shop", "storefront"), authority);
        catalog = identity("catalog", authority.issue("shop", "catalog"), authority);
    }

    @AfterEach
    void stop() {
        storefront.close();
        catalog.close();
        background.shutdownNow();
    }

    private MeshIdentity identity(String name, TestAuthority.Leaf leaf, TestAuthority... trusted) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        leaf.writeTo(folder);
        TestAuthority.writeAuthorities(folder, trusted);
        return MeshIdentity.of(TlsFiles.in(folder), MeshListener.NONE);
    }

    /** What a server and a client have seen of each other. */
    private record Met(SSLSession server, SSLSession client) {}

    /** Connects, and passes a byte each way, so that both sides know what the other thinks of them. */
    private Met meet(SSLContext client, SSLContext server) throws Exception {
        try (SSLServerSocket listening = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            listening.setSoTimeout(MILLIS);
            port = listening.getLocalPort();
            CompletableFuture<SSLSession> served = new CompletableFuture<>();
            background.execute(() -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.setSoTimeout(MILLIS);
                    socket.getInputStream().read();
                    socket.getOutputStream().write(1);
                    served.complete(socket.getSession());
                } catch (IOException e) {
                    served.completeExceptionally(e);
                }
            });
            Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
            try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(plain, "catalog", port, true)) {
                socket.setSoTimeout(MILLIS);
                socket.getOutputStream().write(1);
                assertThat(socket.getInputStream().read()).isEqualTo(1);
                return new Met(served.get(20, TimeUnit.SECONDS), socket.getSession());
            }
        }
    }

    @Test
    void bothKnowWhoTheOtherIs() throws Exception {
        Met met = meet(storefront.client("catalog"), catalog.server());

        assertThat(SpiffeId.of(met.client()).service()).isEqualTo("shop/catalog");
        assertThat(SpiffeId.of(met.server()).service()).isEqualTo("shop/storefront");
        assertThat(met.client().getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void anotherServicesCertificateIsRefused() {
        assertThatThrownBy(() -> meet(storefront.client("reviews"), catalog.server()))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("the peer is spiffe://example.org/ns/shop/svc/catalog")
                .hasMessageContaining("(expected: spiffe://example.org/ns/shop/svc/reviews)");
    }

    @Test
    void aServiceOfTheSameNameInAnotherNamespaceIsAnother() {
        assertThatThrownBy(() -> meet(storefront.client("ops/catalog"), catalog.server()))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("/ns/ops/svc/catalog)");
    }

    @Test
    void whomTheAuthoritiesDoNotVouchForIsRefused() throws Exception {
        TestAuthority other = TestAuthority.of("example.org");
        try (MeshIdentity stranger = identity("stranger", other.issue("shop", "catalog"), other, authority)) {
            assertThatThrownBy(() -> meet(storefront.client("catalog"), stranger.server()))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("is not trusted: spiffe://example.org/ns/shop/svc/catalog");
            assertThatThrownBy(() -> meet(stranger.client("catalog"), catalog.server()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anotherTrustDomainIsRefusedEvenIfTheAuthorityVouchesForIt() throws Exception {
        TestAuthority.Leaf foreign =
                authority.request().uri("spiffe://evil.org/ns/shop/svc/catalog").issue();
        try (MeshIdentity stranger = identity("stranger", foreign, authority)) {
            assertThatThrownBy(() -> meet(storefront.client("catalog"), stranger.server()))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("the peer is spiffe://evil.org/");
            assertThatThrownBy(() -> meet(stranger.client("catalog"), catalog.server()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aCallerWithoutACertificateIsRefused() throws Exception {
        SSLContext naked = SSLContext.getInstance("TLSv1.3");
        naked.init(null, new TrustManager[] {storefront.servers("catalog")}, null);

        assertThatThrownBy(() -> meet(naked, catalog.server())).isInstanceOf(IOException.class);
    }

    @Test
    void anOlderProtocolIsRefused() throws Exception {
        SSLContext old = SSLContext.getInstance("TLSv1.2");
        old.init(new KeyManager[] {storefront.keys()}, new TrustManager[] {storefront.servers("catalog")}, null);

        assertThatThrownBy(() -> meet(old, catalog.server())).isInstanceOf(IOException.class);
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        Instant end = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        TestAuthority.Leaf brief = authority
                .request()
                .service("shop", "catalog")
                .valid(end.minusSeconds(60), end)
                .issue();
        try (MeshIdentity late = identity("late", brief, authority)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> Instant.now().isAfter(end.plusSeconds(1)));

            assertThatThrownBy(() -> meet(storefront.client("catalog"), late.server()))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("is not trusted: spiffe://example.org/ns/shop/svc/catalog");
            assertThatThrownBy(() -> meet(late.client("catalog"), catalog.server()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void noSessionIsResumed() throws Exception {
        Counting trust = new Counting(storefront.servers("catalog"));
        SSLContext client = SSLContext.getInstance("TLSv1.3"); // one that would
        client.init(new KeyManager[] {storefront.keys()}, new TrustManager[] {trust}, null);
        SSLContext server = catalog.server();

        meet(client, server);
        meet(client, server);

        assertThat(trust.checks).hasValue(2);
    }

    private record Counting(X509TrustManager to, AtomicInteger checks) implements X509TrustManager {
        Counting(X509TrustManager to) {
            this(to, new AtomicInteger());
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            to.checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            checks.incrementAndGet();
            to.checkServerTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return to.getAcceptedIssuers();
        }
    }

    @Test
    void anAuthorityThatIsTrustedNoMoreIsRefusedFromThenOn() throws Exception {
        SSLContext client = storefront.client("catalog");
        SSLContext server = catalog.server();
        meet(client, server);
        TestAuthority next = TestAuthority.of("example.org");
        Path folder = root.resolve("storefront");
        TestAuthority.writeAuthorities(folder, next);
        next.issue("shop", "storefront").writeTo(folder);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(storefront.callers().getAcceptedIssuers())
                        .extracting(one -> String.valueOf(one.getSubjectX500Principal()))
                        .containsExactly(subject(next)));

        assertThatThrownBy(() -> meet(client, server))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("is not trusted");
    }

    private static String subject(TestAuthority authority) throws Exception {
        return ((X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(authority.certificate().getBytes(StandardCharsets.US_ASCII))))
                .getSubjectX500Principal()
                .toString();
    }
}
