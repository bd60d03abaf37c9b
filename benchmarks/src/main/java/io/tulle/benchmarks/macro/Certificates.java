package io.tulle.benchmarks.macro;

import io.tulle.client.tls.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificates of a run, made by the {@code openssl} command: an authority, a certificate of the backends and one of the callers, on the curve P-256,
 * as PEM files and as key stores. Only TLS 1.3 is spoken.
 */
final class Certificates {
    static final String AUTHORITY = "authority.crt";
    static final String BACKEND = "backend";
    static final String CALLER = "caller";

    private static final char[] PASSWORD = "benchmark".toCharArray();
    private static final String TLS = "TLSv1.3";
    private static final int PATIENCE_SECONDS = 30;
    private static final String SCRIPT = """
            key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"; }
            key authority
            openssl req -x509 -new -key authority.key -days 2 -subj /CN=benchmark-authority -out authority.crt
            leaf() {
                key "$1"
                openssl req -new -key "$1.key" -subj "/CN=$1" -out "$1.csr"
                printf 'subjectAltName=URI:spiffe://benchmark/ns/%s/svc/%s,IP:127.0.0.1,DNS:localhost' "$2" "$3" > "$1.ext"
                openssl x509 -req -in "$1.csr" -CA authority.crt -CAkey authority.key -CAcreateserial -days 2 -extfile "$1.ext" -out "$1.crt"
                cat "$1.crt" "$1.key" > "$1.pem"
                openssl pkcs12 -export -in "$1.crt" -inkey "$1.key" -passout pass:benchmark -out "$1.p12"
            }
            leaf backend shop catalog
            leaf caller shop storefront
            """;

    private Certificates() {}

    /** Makes the files in {@code folder}. */
    static void make(Path folder) throws IOException {
        Path log = folder.resolve("openssl.log");
        Process process = new ProcessBuilder(List.of("sh", "-ec", SCRIPT))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("openssl made no certificates: see " + log);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while certificates were made", e);
        }
    }

    /** Returns whether {@link #make} has made them there. */
    static boolean in(Path folder) {
        return Files.exists(folder.resolve(CALLER + ".p12"));
    }

    /** Returns what a caller without a mesh speaks TLS with. */
    static SSLContext caller(Path folder) throws IOException, GeneralSecurityException {
        return context(folder, CALLER);
    }

    /** Returns what a caller under the mesh speaks TLS with. */
    static TlsFiles files(Path folder) {
        return new TlsFiles(
                folder.resolve(CALLER + ".crt"), folder.resolve(CALLER + ".key"), folder.resolve(AUTHORITY));
    }

    /** Returns whom all trust: what the authority has signed. */
    static X509TrustManager trust(Path folder) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream authority = Files.newInputStream(folder.resolve(AUTHORITY))) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(authority));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static SSLContext context(Path folder, String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(file, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance(TLS);
        context.init(keys.getKeyManagers(), new X509TrustManager[] {trust(folder)}, new SecureRandom());
        return context;
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
