package io.tulle.testing.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.listener.MeshListener;
import io.tulle.client.tls.MeshIdentity;
import io.tulle.client.tls.TlsFiles;
import io.tulle.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that change while they are in use. */
@Timeout(60)
class RotationTest implements MeshListener {
    private final TestAuthority authority = TestAuthority.of("example.org");
    private final List<Instant> loaded = new CopyOnWriteArrayList<>();
    private final List<String> rejected = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private MeshIdentity identity;

    @BeforeEach
    void start() throws IOException {
        authority.issue("shop", "catalog").writeTo(folder);
        TestAuthority.writeAuthorities(folder, authority);
        identity = MeshIdentity.of(TlsFiles.in(folder), this);
    }

    @AfterEach
    void stop() {
        identity.close();
    }

    @Override
    public void certificateLoaded(String id, Instant expires) {
        assertThat(id).isEqualTo("spiffe://example.org/ns/shop/svc/catalog");
        loaded.add(expires);
    }

    @Override
    public void certificateRejected(String reason) {
        rejected.add(reason);
    }

    private String alias() {
        return identity.keys().getClientAliases("EC", null)[0];
    }

    private X509Certificate inForce() {
        return identity.keys().getCertificateChain(alias())[0];
    }

    private static void await(Runnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion::run);
    }

    private TestAuthority.Leaf next(int hours) {
        return valid(Instant.now().minusSeconds(60), Instant.now().plus(Duration.ofHours(hours)));
    }

    private TestAuthority.Leaf valid(Instant from, Instant to) {
        return authority.request().service("shop", "catalog").valid(from, to).issue();
    }

    @Test
    void aNewPairReplacesTheOld() throws IOException {
        X509Certificate before = inForce();

        next(5).writeTo(folder);

        await(() -> assertThat(inForce()).isNotEqualTo(before));
        assertThat(loaded).hasSize(2);
        assertThat(identity.expires()).isBefore(Instant.now().plus(Duration.ofHours(6)));
    }

    @Test
    void aHandshakeEndsWithThePairWithWhichItBegan() throws IOException {
        String alias = alias();
        X509Certificate before = inForce();
        var key = identity.keys().getPrivateKey(alias);

        next(5).writeTo(folder);
        await(() -> assertThat(alias()).isNotEqualTo(alias));

        assertThat(identity.keys().getCertificateChain(alias)).containsExactly(before);
        assertThat(identity.keys().getPrivateKey(alias)).isSameAs(key);
        assertThat(identity.keys().getPrivateKey("mesh-99")).isNull();
        assertThat(identity.keys().getCertificateChain("mesh-99")).isNull();
    }

    @Test
    void halfAPairChangesNothingAndIsToldOnce() throws IOException {
        X509Certificate before = inForce();
        TestAuthority.Leaf fresh = next(5);

        Files.writeString(folder.resolve("tls.key"), fresh.key());
        await(() -> assertThat(rejected).hasSize(1));
        assertThat(rejected.get(0)).contains("tls.key: not the key of the certificate");
        assertThat(inForce()).isEqualTo(before);

        Files.writeString(folder.resolve("tls.crt"), fresh.certificate());
        await(() -> assertThat(inForce()).isNotEqualTo(before));
        assertThat(rejected).hasSize(1);
    }

    @Test
    void brokenFilesKeepTheLastGoodOnes() throws IOException {
        X509Certificate before = inForce();
        String good = Files.readString(folder.resolve("ca.crt"));

        Files.writeString(folder.resolve("ca.crt"), "nothing");
        await(() -> assertThat(rejected).hasSize(1));
        Files.delete(folder.resolve("ca.crt"));
        await(() -> assertThat(rejected).hasSize(2));
        assertThat(rejected.get(1)).contains("does not exist");
        assertThat(inForce()).isEqualTo(before);
        Files.writeString(folder.resolve("ca.crt"), good);
        next(5).writeTo(folder);

        await(() -> assertThat(inForce()).isNotEqualTo(before));
        assertThat(identity.callers().getAcceptedIssuers()).hasSize(1);
    }

    @Test
    void aProcessStaysWhoItIs() throws IOException {
        X509Certificate before = inForce();

        authority.issue("shop", "reviews").writeTo(folder);

        await(() -> assertThat(rejected).anyMatch(reason -> reason.contains("/svc/reviews (expected: spiffe://")));
        assertThat(inForce()).isEqualTo(before);
    }

    @Test
    void aCertificateThatEndsIsToldOnce() throws IOException {
        Instant end = Instant.now().plusSeconds(3);
        valid(end.minusSeconds(60), end).writeTo(folder);

        await(() -> assertThat(rejected).hasSize(1));
        assertThat(rejected.get(0)).contains("tls.crt: expired at ");
        assertThat(identity.expires()).isBefore(Instant.now());
        next(5).writeTo(folder);
        await(() -> assertThat(identity.expires()).isAfter(Instant.now()));
        assertThat(rejected).hasSize(1);
    }

    @Test
    void oneThatHasExpiredBeforeItCameIsToldOnceAndChangesNothing() throws IOException {
        X509Certificate before = inForce();
        Instant end = Instant.now().minusSeconds(3600);

        valid(end.minusSeconds(3600), end).writeTo(folder);

        await(() -> assertThat(rejected).hasSize(1));
        assertThat(rejected.get(0)).contains(folder.resolve("tls.crt") + ": expired at ");
        assertThat(inForce()).isEqualTo(before);
        next(5).writeTo(folder);
        await(() -> assertThat(inForce()).isNotEqualTo(before));
        assertThat(rejected).hasSize(1);
    }

    @Test
    void oneThatIsNotValidYetIsToldOnceAndPutInForceWhenItIs() throws IOException {
        Instant begin = Instant.now().plusSeconds(5);
        Instant end = begin.plusSeconds(36_000).truncatedTo(ChronoUnit.SECONDS);

        valid(begin, end).writeTo(folder);

        await(() -> assertThat(rejected).hasSize(1));
        assertThat(rejected.get(0)).contains(folder.resolve("tls.crt") + ": not valid before ");
        assertThat(identity.expires()).isNotEqualTo(end);
        await(() -> assertThat(identity.expires()).isEqualTo(end));
        assertThat(rejected).hasSize(1);
    }

    @Test
    void authoritiesChangeByThemselves() throws IOException {
        TestAuthority.writeAuthorities(folder, authority, TestAuthority.of("example.org"));

        await(() -> assertThat(identity.callers().getAcceptedIssuers()).hasSize(2));
        assertThat(rejected).isEmpty();
    }

    @Test
    void linksAreSwappedAsKubernetesDoesIt(@TempDir Path mount) throws IOException {
        Path first = version(mount, "..2026_01", next(3));
        Files.createSymbolicLink(mount.resolve("..data"), first.getFileName());
        for (String file : List.of("tls.crt", "tls.key", "ca.crt")) {
            Files.createSymbolicLink(mount.resolve(file), Path.of("..data", file));
        }
        try (MeshIdentity mounted = MeshIdentity.of(TlsFiles.in(mount), this)) {
            Instant before = mounted.expires();
            Path second = version(mount, "..2026_02", next(7));
            Files.createSymbolicLink(mount.resolve("..data_tmp"), second.getFileName());
            Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

            await(() -> assertThat(mounted.expires()).isAfter(before));
            assertThat(rejected).isEmpty();
        }
    }

    private Path version(Path mount, String name, TestAuthority.Leaf leaf) throws IOException {
        Path made = Files.createDirectory(mount.resolve(name));
        leaf.writeTo(made);
        return TestAuthority.writeAuthorities(made, authority);
    }
}
