package io.tulle.testing.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.listener.MeshListener;
import io.tulle.client.tls.InvalidCredentialsException;
import io.tulle.client.tls.MeshIdentity;
import io.tulle.client.tls.SpiffeId;
import io.tulle.client.tls.TlsFiles;
import io.tulle.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PEM files may hold, and what is said when they hold something else. */
class CredentialFilesTest {
    private static final String MARK = "\ufeff";

    private final Instant now = Instant.now();

    private final TestAuthority authority = TestAuthority.of("example.org");

    @TempDir
    private Path folder;

    @BeforeEach
    void good() throws IOException {
        put(authority.issue("shop", "catalog"));
        TestAuthority.writeAuthorities(folder, authority);
    }

    private void put(TestAuthority.Leaf leaf) throws IOException {
        leaf.writeTo(folder);
    }

    private void put(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private SpiffeId read() {
        try (MeshIdentity identity = MeshIdentity.of(TlsFiles.in(folder), MeshListener.NONE)) {
            assertThat(identity.keys().getCertificateChain(identity.keys().getClientAliases("EC", null)[0]))
                    .isNotEmpty();
            return identity.id();
        }
    }

    private void refused(String file, String... parts) {
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidCredentialsException.class)
                .hasMessageContaining(folder.resolve(file) + ": ")
                .hasMessageContaining("(expected: ")
                .hasMessageContainingAll(parts);
    }

    @Test
    void aCertificateSaysWhichServiceItIs() {
        assertThat(read()).isEqualTo(new SpiffeId("example.org", "shop", "catalog"));
    }

    @Test
    void textAroundTheBlocksIsLeftOut() throws IOException {
        put("ca.crt", "our root, since spring\r\n" + authority.certificate().replace("\n", "\r\n") + "# end\n");

        assertThat(read().service()).isEqualTo("shop/catalog");
    }

    @Test
    void aByteOrderMarkIsLeftOut() throws IOException {
        for (String file : List.of("tls.crt", "tls.key")) {
            put(file, MARK + Files.readString(folder.resolve(file)));
        }
        put(
                "ca.crt",
                MARK + authority.certificate() + TestAuthority.of("example.org").certificate());

        try (MeshIdentity identity = MeshIdentity.of(TlsFiles.in(folder), MeshListener.NONE)) {
            assertThat(identity.callers().getAcceptedIssuers()).hasSize(2);
        }
    }

    @Test
    void noBlockIsLostBecauseItsFirstLineHasMoreOnIt() throws IOException {
        String first = TestAuthority.of("example.org").certificate();
        for (String before : List.of("\u00a0", "x", "# ", "-----END CERTIFICATE-----", MARK + MARK)) {
            put("ca.crt", before + first + authority.certificate());
            refused("ca.crt", "line 1 ");
            put("ca.crt", authority.certificate() + "\n" + before + first);
            refused("ca.crt", "line " + (authority.certificate().lines().count() + 2) + " ");
        }
        put("ca.crt", first.strip() + authority.certificate());
        refused("ca.crt", "line " + first.lines().count() + " begins or ends a block");
        put("ca.crt", authority.certificate() + first.replaceFirst("-----\n", "---\n"));
        refused("ca.crt", "on a line by itself");
        put("ca.crt", authority.certificate() + first.replaceFirst("-----BEGIN", "---BEGIN"));
        refused("ca.crt", "on a line by itself");
    }

    @Test
    void whatIsSecretIsNotTold() throws IOException {
        String key = Files.readString(folder.resolve("tls.key"));
        String line = key.replace("\n", "");
        put("tls.key", line);

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidCredentialsException.class)
                .hasMessageContaining("tls.key: line 1 ")
                .hasMessageNotContaining(key.lines().skip(1).findFirst().orElseThrow());
    }

    @Test
    void intermediateAuthoritiesComeAlong() throws IOException {
        TestAuthority below = authority.intermediate().intermediate();
        TestAuthority.Leaf leaf = below.issue("shop", "catalog");
        put(leaf);

        assertThat(read().service()).isEqualTo("shop/catalog");

        put("tls.crt", leaf.certificate().substring(0, leaf.certificate().indexOf("-----END") + 26));
        refused("tls.crt", "not issued by any of the authorities " + folder.resolve("ca.crt"));
    }

    @Test
    void severalAuthoritiesAreTrusted() throws IOException {
        TestAuthority.writeAuthorities(folder, TestAuthority.of("example.org"), authority);

        assertThat(read().service()).isEqualTo("shop/catalog");
    }

    @Test
    void anRsaKeyIsGood() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair rsa = generator.generateKeyPair();
        put(authority.request().service("shop", "catalog").keys(rsa).issue());

        try (MeshIdentity identity = MeshIdentity.of(TlsFiles.in(folder), MeshListener.NONE)) {
            assertThat(identity.keys().getServerAliases("RSA", null)).hasSize(1);
            assertThat(identity.keys().getServerAliases("EC", null)).isNull();
        }
    }

    @Test
    void anEcKeyIsOfACurveThatEveryTlsLibraryTakes() throws Exception {
        put(authority.request().service("shop", "catalog").keys(ec("secp384r1")).issue());
        assertThat(read().service()).isEqualTo("shop/catalog");

        put(authority.request().service("shop", "catalog").keys(ec("secp521r1")).issue());
        refused("tls.crt", "curve secp521r1", "(expected: P-256 or P-384, which every TLS library takes)");
    }

    /** The JDK makes no such key, and reads it. */
    @Test
    void aCurveThatTheJdkCannotSignWithIsNamed() throws Exception {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256k1"));
        ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
        PublicKey key = KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(curve.getGenerator(), curve));
        KeyPair keys = new KeyPair(key, ec("secp256r1").getPrivate());
        put(authority.request().service("shop", "catalog").keys(keys).issue());

        refused("tls.crt", "curve secp256k1", "(expected: P-256 or P-384, which every TLS library takes)");
    }

    private static KeyPair ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    @Test
    void missingFiles() throws IOException {
        for (String file : new String[] {"tls.crt", "tls.key", "ca.crt"}) {
            good();
            Files.delete(folder.resolve(file));
            refused(file, "does not exist");
        }
    }

    @Test
    void aFolder() throws IOException {
        Files.delete(folder.resolve("tls.key"));
        Files.createDirectory(folder.resolve("tls.key"));

        refused("tls.key", "is a folder");
    }

    @Test
    void tooLong() throws IOException {
        put("ca.crt", "x".repeat((1 << 20) + 1));

        refused("ca.crt", "1048577 bytes", "at most 1 MiB");
    }

    @Test
    void noCertificate() throws IOException {
        put("tls.crt", "");
        refused("tls.crt", "no PEM block", "-----BEGIN CERTIFICATE-----");

        put("tls.crt", Files.readString(folder.resolve("tls.key")));
        refused("tls.crt", "PRIVATE KEY", "-----BEGIN CERTIFICATE-----");
    }

    @Test
    void halfAFile() throws IOException {
        String whole = Files.readString(folder.resolve("tls.crt"));
        put("tls.crt", whole.substring(0, whole.length() / 2));
        refused("tls.crt", "'-----BEGIN CERTIFICATE-----' without its end");

        put("tls.crt", whole.replaceFirst("\n....", "\n?!.;"));
        refused("tls.crt", "CERTIFICATE that is not base64");

        put("tls.crt", whole.replaceFirst("\n....", "\nAAAA"));
        refused("tls.crt", "certificate 1 cannot be read");
    }

    @Test
    void keysOfOtherKinds() throws IOException {
        put("tls.key", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        refused("tls.key", "'-----BEGIN RSA PRIVATE KEY-----'", "openssl pkcs8 -topk8 -nocrypt -in tls.key");

        put("tls.key", "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        refused("tls.key", "'-----BEGIN EC PRIVATE KEY-----'", "openssl pkcs8 -topk8 -nocrypt -in tls.key");

        put("tls.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        refused("tls.key", "is encrypted", "openssl pkcs8 -topk8 -nocrypt -in tls.key");

        put(
                "tls.key",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        refused("tls.key", "is encrypted");

        put("tls.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        refused("tls.key", "neither EC nor RSA, or is damaged");

        put("tls.key", authority.certificate());
        refused("tls.key", "CERTIFICATE", "one private key");
    }

    @Test
    void aKeyOfAnotherCertificate() throws IOException {
        put("tls.key", authority.issue("shop", "catalog").key());

        refused("tls.key", "not the key of the certificate", "belongs to certificate " + folder.resolve("tls.crt"));
    }

    @Test
    void notValidNow() throws IOException {
        put(authority
                .request()
                .service("shop", "catalog")
                .valid(now.minusSeconds(7200), now.minusSeconds(3600))
                .issue());
        refused("tls.crt", "expired at ");

        put(authority
                .request()
                .service("shop", "catalog")
                .valid(now.plusSeconds(3600), now.plusSeconds(7200))
                .issue());
        refused("tls.crt", "not valid before ");
    }

    @Test
    void notTheCertificateOfAService() throws IOException {
        put(authority.request().issue());
        refused("tls.crt", "names no URI");

        put(authority
                .request()
                .service("shop", "catalog")
                .service("shop", "reviews")
                .issue());
        refused("tls.crt", "names 2 URIs");

        put(authority.request().uri("spiffe://example.org/catalog").issue());
        refused("tls.crt", "'spiffe://example.org/catalog'", "/ns/<namespace>/svc/<service>");

        put(authority.request().service("shop", "catalog").asAuthority().issue());
        refused("tls.crt", "is an authority's certificate");
    }

    @Test
    void authoritiesThatAreNone() throws IOException {
        put("ca.crt", Files.readString(folder.resolve("tls.crt")));
        refused("ca.crt", "is not an authority's certificate");

        TestAuthority.writeAuthorities(folder, TestAuthority.of("example.org"));
        refused("tls.crt", "not issued by any of the authorities " + folder.resolve("ca.crt"));
    }

    @Test
    void binaryFormsAreNamedAsWhatTheyAre() throws IOException {
        String pem = Files.readString(folder.resolve("tls.crt"));
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        Files.write(folder.resolve("tls.crt"), der);

        refused("tls.crt", "no PEM block");
    }
}
