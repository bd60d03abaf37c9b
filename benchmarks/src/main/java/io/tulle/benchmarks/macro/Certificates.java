package io.tulle.benchmarks.macro;

import io.tulle.client.tls.TlsFiles;
import io.tulle.testing.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificates of a run: of the backends and of the callers, by one authority, on the curve P-256, as PEM files in a folder for each. They name a service
 * for the mesh and the local host for everybody else. Only TLS 1.3 is spoken.
 */
final class Certificates {
    static final String BACKEND = "backend";
    static final String CALLER = "caller";

    /** Certificate and key in one file, as HAProxy wants them. */
    static final String BOTH = "both.pem";

    static final String AUTHORITIES = "ca.crt";

    private static final char[] PASSWORD = "benchmark".toCharArray();
    private static final String TLS = "TLSv1.3";

    private Certificates() {}

    /** Makes the files below {@code folder}. */
    static void make(Path folder) throws IOException {
        TestAuthority authority = TestAuthority.of("benchmark");
        make(folder.resolve(BACKEND), authority, "catalog");
        make(folder.resolve(CALLER), authority, "storefront");
    }

    private static void make(Path folder, TestAuthority authority, String service) throws IOException {
        TestAuthority.Leaf leaf = authority
                .request()
                .service("shop", service)
                .host("localhost")
                .address(InetAddress.getLoopbackAddress())
                .issue();
        leaf.writeTo(Files.createDirectories(folder));
        TestAuthority.writeAuthorities(folder, authority);
        Files.writeString(folder.resolve(BOTH), leaf.certificate() + leaf.key());
    }

    /** Returns whether {@link #make} has made them there. */
    static boolean in(Path folder) {
        return Files.exists(folder.resolve(CALLER).resolve(BOTH));
    }

    /** Returns what a caller without a mesh speaks TLS with. */
    static SSLContext caller(Path folder) throws IOException, GeneralSecurityException {
        return context(folder, CALLER);
    }

    /** Returns what a caller under the mesh speaks TLS with. */
    static TlsFiles files(Path folder) {
        return TlsFiles.in(folder.resolve(CALLER));
    }

    /** Returns whom all trust: what the authority has signed. */
    static X509TrustManager trust(Path folder) throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        for (Certificate authority : certificates(files(folder).authorities())) {
            store.setCertificateEntry("authority", authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static SSLContext context(Path folder, String name) throws IOException, GeneralSecurityException {
        TlsFiles files = TlsFiles.in(folder.resolve(name));
        KeyStore store = emptyStore();
        Certificate[] chain = certificates(files.certificate()).toArray(Certificate[]::new);
        store.setKeyEntry(name, key(files.key()), PASSWORD, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance(TLS);
        context.init(keys.getKeyManagers(), new X509TrustManager[] {trust(folder)}, new SecureRandom());
        return context;
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream text = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(text);
        }
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }

    /** Returns a backend's server sockets, which ask for the caller's certificate. */
    static ServerSocketFactory serverSockets(Path folder) throws IOException, GeneralSecurityException {
        return new Asking(context(folder, BACKEND).getServerSocketFactory());
    }

    private static final class Asking extends ServerSocketFactory {
        private final SSLServerSocketFactory sockets;

        Asking(SSLServerSocketFactory sockets) {
            this.sockets = sockets;
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return asking(sockets.createServerSocket(port));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return asking(sockets.createServerSocket(port, backlog));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            return asking(sockets.createServerSocket(port, backlog, address));
        }

        private static ServerSocket asking(ServerSocket socket) {
            SSLServerSocket asking = (SSLServerSocket) socket;
            asking.setEnabledProtocols(new String[] {TLS});
            asking.setNeedClientAuth(true);
            return asking;
        }
    }
}
