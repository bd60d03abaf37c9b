package io.tulle.testing;

import io.tulle.testing.DerCertificate.Name;
import io.tulle.testing.DerCertificate.Party;
import io.tulle.testing.DerCertificate.Window;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A certificate authority for tests: makes certificates that say which service their holder is (SPIFFE X509-SVID) as PEM text, with the JDK alone and without a
 * process. Thread-safe.
 *
 * <pre>{@code
 * TestAuthority authority = TestAuthority.of("example.org");
 * authority.issue("shop", "catalog").writeTo(folder);      // tls.crt and tls.key
 * TestAuthority.writeAuthorities(folder, authority);       // ca.crt
 * }</pre>
 */
public final class TestAuthority {
    private static final AtomicLong SERIALS = new AtomicLong();
    private static final Duration PAST = Duration.ofHours(1);
    private static final Duration FUTURE = Duration.ofDays(1);

    private final String trustDomain;
    private final Party self;
    private final String certificate;
    private final String chain;

    private TestAuthority(String trustDomain, Party self, String certificate, String chain) {
        this.trustDomain = trustDomain;
        this.self = self;
        this.certificate = certificate;
        this.chain = chain;
    }

    /** What an authority has issued, as PEM: the certificate with those of the authorities between it and the root, and the key in PKCS#8. */
    public record Leaf(String certificate, String key) {
        /** Writes {@code tls.crt} and {@code tls.key}, each replaced at once, and returns the folder. */
        public Path writeTo(Path folder) throws IOException {
            replace(folder.resolve("tls.crt"), certificate);
            replace(folder.resolve("tls.key"), key);
            return folder;
        }
    }

    /** Creates a root of a trust domain, with a key and a name of its own. */
    public static TestAuthority of(String trustDomain) {
        Party root = Party.of("test root " + SERIALS.incrementAndGet());
        return new TestAuthority(trustDomain, root, authority(root, root), "");
    }

    /** Returns an authority below this one: what it issues brings its certificate along. */
    public TestAuthority intermediate() {
        Party below = Party.of("test intermediate " + SERIALS.incrementAndGet());
        String issued = authority(self, below);
        return new TestAuthority(trustDomain, below, issued, issued + chain);
    }

    /** Returns the authority's own certificate. */
    public String certificate() {
        return certificate;
    }

    /** Issues a certificate of {@code spiffe://<trust domain>/ns/<namespace>/svc/<service>} with a new EC key, valid from an hour ago for a day. */
    public Leaf issue(String namespace, String service) {
        return request().service(namespace, service).issue();
    }

    /** Starts a certificate that is unusual, and names nobody yet. */
    public Request request() {
        return new Request();
    }

    /** Writes {@code ca.crt} with the certificates of {@code trusted}, replaced at once, and returns the folder. */
    public static Path writeAuthorities(Path folder, TestAuthority... trusted) throws IOException {
        StringBuilder text = new StringBuilder();
        for (TestAuthority authority : trusted) {
            text.append(authority.certificate);
        }
        replace(folder.resolve("ca.crt"), text.toString());
        return folder;
    }

    /** A certificate that is about to be issued. Not thread-safe. */
    public final class Request {
        private final List<Name> names = new ArrayList<>();
        private Party holder = Party.of("test leaf " + SERIALS.incrementAndGet());
        private Window window = TestAuthority.window();
        private boolean authority;

        private Request() {}

        /** Names a service of the trust domain. */
        public Request service(String namespace, String service) {
            return uri("spiffe://" + trustDomain + "/ns/" + namespace + "/svc/" + service);
        }

        /** Adds a URI to the holder's names. */
        public Request uri(String uri) {
            names.add(Name.uri(uri));
            return this;
        }

        /** Adds a host, for clients that know of no services. */
        public Request host(String dns) {
            names.add(Name.dns(dns));
            return this;
        }

        /** Adds an address, for the same. */
        public Request address(InetAddress address) {
            names.add(Name.address(address));
            return this;
        }

        /** Sets when it is valid. */
        public Request valid(Instant from, Instant to) {
            window = new Window(from, to);
            return this;
        }

        /** Uses a key pair of the caller's, such as an RSA one. */
        public Request keys(KeyPair value) {
            holder = new Party(holder.name(), value);
            return this;
        }

        /** Marks it as an authority's, which no service may use. */
        public Request asAuthority() {
            authority = true;
            return this;
        }

        /** Issues it. */
        public Leaf issue() {
            List<byte[]> extensions = new ArrayList<>();
            extensions.add(DerCertificate.authority(authority));
            extensions.add(DerCertificate.keyUsage(authority));
            extensions.add(DerCertificate.bothSides());
            if (!names.isEmpty()) {
                extensions.add(DerCertificate.names(names));
            }
            byte[] signed = DerCertificate.of(
                    self, holder, window, SERIALS.incrementAndGet(), extensions.toArray(byte[][]::new));
            return new Leaf(
                    pem("CERTIFICATE", signed) + chain,
                    pem("PRIVATE KEY", holder.keys().getPrivate().getEncoded()));
        }
    }

    private static String authority(Party issuer, Party holder) {
        return pem(
                "CERTIFICATE",
                DerCertificate.of(
                        issuer,
                        holder,
                        window(),
                        SERIALS.incrementAndGet(),
                        DerCertificate.authority(true),
                        DerCertificate.keyUsage(true)));
    }

    private static Window window() {
        Instant now = Instant.now();
        return new Window(now.minus(PAST), now.plus(FUTURE));
    }

    private static String pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    private static void replace(Path file, String text) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
