package io.tulle.client.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
    @TempDir
    Path folder;

    private SnapshotFile file;

    @BeforeEach
    void create() {
        file = SnapshotFile.of(folder, URI.create("http://localhost:7070"), "shop/storefront");
    }

    @Test
    void readsWhatItWrote() throws IOException {
        assertThat(file.read()).isEqualTo(new SnapshotFile.Read(null, List.of()));
        file.write(snapshot(17));
        assertThat(file.read()).isEqualTo(new SnapshotFile.Read(snapshot(17), List.of()));
        file.write(snapshot(18));
        assertThat(file.read().snapshot()).isEqualTo(snapshot(18));
        assertThat(file.path()).isEqualTo(folder.resolve("localhost-7070/shop/storefront.snapshot"));
        try (Stream<Path> files = Files.list(file.path().getParent())) {
            assertThat(files).containsExactly(file.path());
        }
    }

    @Test
    void whatKilledProcessesHaveLeftIsRemovedAfterAnHour() throws IOException {
        file.write(snapshot(17));
        Path old = file.path().resolveSibling("storefront.snapshot.1.tmp");
        Path fresh = file.path().resolveSibling("storefront.snapshot.2.tmp");
        Files.writeString(old, "half");
        Files.writeString(fresh, "half");
        assertThat(old.toFile().setLastModified(1_000_000)).isTrue();
        file.write(snapshot(18));
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void anyDamageIsReportedAndIgnored() throws IOException {
        file.write(snapshot(17));
        byte[] good = Files.readAllBytes(file.path());
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(
                    file.path(),
                    random.nextInt(4) == 0 ? java.util.Arrays.copyOf(good, random.nextInt(good.length)) : bad);
            SnapshotFile.Read read = file.read();
            assertThat(read.snapshot()).isNull();
            assertThat(read.problems()).singleElement().asString().endsWith("; it is ignored");
        }
    }

    @Test
    void whatIsNotOursIsReportedAndIgnored() throws IOException {
        file.write(snapshot(17));
        SnapshotFile other = new SnapshotFile(file.path(), "shop/other");
        assertThat(other.read().problems())
                .singleElement()
                .asString()
                .contains("of shop/storefront (expected: of shop/other)");
        Files.writeString(file.path(), "tulle-snapshot 2 sha512 00\n{}");
        assertThat(file.read().problems())
                .singleElement()
                .asString()
                .contains("of a format that this version does not know");
        Files.writeString(file.path(), "");
        assertThat(file.read().problems()).singleElement().asString().contains("not a snapshot");
        Files.delete(file.path());
        Files.createDirectory(file.path());
        assertThat(file.read().snapshot()).isNull();
        assertThat(file.read().problems()).hasSize(1);
    }

    @Test
    void aResourceOfAKindThatIsNotKnownIsLeftOutAlone() throws IOException {
        file.write(snapshot(17));
        String text = Files.readString(file.path());
        String body = text.substring(text.indexOf('\n') + 1).replace("\"kind\":\"Service\"", "\"kind\":\"Hologram\"");
        Files.writeString(file.path(), "tulle-snapshot 1 sha256 " + sha256(body) + "\n" + body);
        SnapshotFile.Read read = file.read();
        assertThat(read.snapshot().resources()).hasSize(2);
        assertThat(read.problems()).singleElement().asString().contains("Hologram shop/catalog is left out");
    }

    @Test
    void theWriterWritesTheNewestAndOutlivesADiskThatFails() throws IOException {
        Path blocked = folder.resolve("localhost-7070");
        Files.writeString(blocked, "a file where a folder should be");
        try (SnapshotWriter writer = new SnapshotWriter(file, 0)) {
            writer.start();
            writer.write(snapshot(1));
            await().until(() -> writer.failures() > 0);
            Files.delete(blocked);
            for (int revision = 2; revision <= 100; revision++) {
                writer.write(snapshot(revision));
            }
        }
        assertThat(file.read().snapshot()).isEqualTo(snapshot(100));
    }

    @Test
    void theStateFolderIsFoundAsTheSpecificationSays() {
        assertThat(StateFolder.of(Map.of(), "/home/a")).isEqualTo(Path.of("/home/a/.local/state/tulle"));
        assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "/x"), "/home/a")).isEqualTo(Path.of("/x/tulle"));
        assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "x"), "/home/a"))
                .isEqualTo(Path.of("/home/a/.local/state/tulle"));
        assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "/x", "MESH_STATE_DIR", "/m"), "/home/a"))
                .isEqualTo(Path.of("/m"));
    }

    private static SavedSnapshot snapshot(long revision) {
        return new SavedSnapshot(
                "shop/storefront",
                "e",
                revision,
                List.of("shop/catalog"),
                List.of("shop"),
                Samples.serviceWith("catalog", 2));
    }

    private static String sha256(String text) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
