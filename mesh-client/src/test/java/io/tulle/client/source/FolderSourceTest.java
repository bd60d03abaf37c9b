package io.tulle.client.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tulle.client.codec.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchService;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
    @TempDir
    Path top;

    private Path folder;
    private final RecordingSink sink = new RecordingSink();
    private @Nullable FolderSource source;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(top.resolve("mesh"));
    }

    @AfterEach
    void close() {
        if (source != null) {
            source.close();
        }
    }

    @Test
    void deliversTheFirstSetBeforeStartReturns() throws IOException {
        write("b.yaml", service("b"));
        write("a.yml", service("a"));
        write("c.json", "{\"kind\": \"Service\", \"metadata\": {\"name\": \"c\"}}");
        write("notes.txt", "not a resource");
        write(".hidden.yaml", "not: valid");
        start();
        assertThat(sink.names()).containsExactly("Service default/a", "Service default/b", "Service default/c");
    }

    @Test
    void readsFoldersBelow() throws IOException {
        Files.createDirectories(folder.resolve("shop/prod"));
        Files.createDirectories(folder.resolve(".git"));
        write("shop/prod/a.yaml", service("a"));
        write(".git/b.yaml", "not: valid");
        start();
        assertThat(sink.names()).containsExactly("Service default/a");
    }

    @Test
    void appliesAChange() throws IOException {
        write("a.yaml", service("a"));
        start();
        write("a.yaml", service("a") + "---\n" + service("b"));
        await().untilAsserted(() -> assertThat(sink.names()).containsExactly("Service default/a", "Service default/b"));
    }

    @Test
    void appliesAnAtomicRename() throws IOException {
        write("a.yaml", service("a"));
        start();
        Path next = Files.writeString(folder.resolve("a.yaml.next"), service("b"));
        Files.move(next, folder.resolve("a.yaml"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        await().untilAsserted(() -> assertThat(sink.names()).containsExactly("Service default/b"));
        assertThat(sink.rejections).isEmpty();
    }

    @Test
    void aRemovedFileTakesItsResourcesWithIt() throws IOException {
        write("a.yaml", service("a"));
        write("b.yaml", service("b"));
        start();
        Files.delete(folder.resolve("a.yaml"));
        await().untilAsserted(() -> assertThat(sink.names()).containsExactly("Service default/b"));
    }

    @Test
    void seesFilesInAFolderThatIsMadeLater() throws IOException {
        write("a.yaml", service("a"));
        start();
        Files.createDirectory(folder.resolve("later"));
        write("later/b.yaml", service("b"));
        await().untilAsserted(() -> assertThat(sink.names()).contains("Service default/b"));
        write("later/b.yaml", service("c"));
        await().untilAsserted(() -> assertThat(sink.names()).contains("Service default/c"));
    }

    @Test
    void anInvalidFileKeepsTheLastGoodSetAsAWhole() throws IOException {
        write("a.yaml", service("a"));
        write("b.yaml", service("b"));
        start();
        write("b.yaml", "kind: Service\nmetadata: {name: b}\nspec: {protokoll: http}\n");
        await().untilAsserted(() -> assertThat(sink.rejections).hasSize(1));
        write("a.yaml", service("a2"));
        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(sink.sets).hasSize(1));
        assertThat(sink.rejections)
                .singleElement()
                .asString()
                .startsWith("b.yaml:3:8: /spec/protokoll: unknown field")
                .contains("did you mean protocol?");
        write("b.yaml", service("b2"));
        await().untilAsserted(
                        () -> assertThat(sink.names()).containsExactly("Service default/a2", "Service default/b2"));
    }

    @Test
    void aHalfWrittenFileIsAppliedWhenItIsWhole() throws IOException {
        write("a.yaml", service("a"));
        start();
        write("a.yaml", "kind: Service\nmetadata: {name: b, lab");
        await().untilAsserted(() -> assertThat(sink.rejections).hasSize(1));
        assertThat(sink.rejections.get(0)).contains("a.yaml:").contains("not YAML");
        write("a.yaml", "kind: Service\nmetadata: {name: b, labels: {tier: web}}\n");
        await().untilAsserted(() -> assertThat(sink.names()).containsExactly("Service default/b"));
    }

    @Test
    void anEmptiedFileIsNotTakenForARemovedOne() throws IOException {
        write("a.yaml", service("a"));
        start();
        write("a.yaml", "");
        await().untilAsserted(() ->
                assertThat(sink.rejections).singleElement().asString().startsWith("a.yaml: nothing in the file"));
        assertThat(sink.names()).containsExactly("Service default/a");
    }

    @Test
    void contradictionsHaveTheirPlace() throws IOException {
        write("a.yaml", service("catalog"));
        start();
        write("r.yaml", "# routes\nkind: Route\nmetadata: {name: r}\nspec:\n  service: catalogue\n");
        await().untilAsserted(() -> assertThat(sink.rejections).hasSize(1));
        assertThat(sink.rejections.get(0))
                .startsWith(
                        "r.yaml:5:12: /spec/service: 'catalogue' (expected: a known service; did you mean default/catalog?");
        assertThat(sink.sets).hasSize(1);
    }

    @Test
    void theSameNameTwiceIsReportedWhereItStandsTheSecondTime() throws IOException {
        write("a.yaml", service("a"));
        write("b.yaml", service("a"));
        assertThatThrownBy(this::start)
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("b.yaml:2:18: /metadata/name: 'a'")
                .hasMessageContaining("; see a.yaml:1)");
    }

    @Test
    void theOtherPolicyOfAServiceHasItsPlaceToo() throws IOException {
        write("a.yaml", service("a"));
        write("p.yaml", "# first\nkind: TrafficPolicy\nmetadata: {name: p}\nspec: {service: a}\n");
        write("q.yaml", "kind: TrafficPolicy\nmetadata: {name: q}\nspec: {service: a}\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("q.yaml:3:17: /spec/service: 'a'")
                .hasMessageContaining("TrafficPolicy default/p is for it already; see p.yaml:2)");
    }

    @Test
    void theFolderVanishingKeepsTheLastGoodSet() throws IOException {
        write("a.yaml", service("a"));
        start();
        Files.move(folder, top.resolve("elsewhere"));
        await().untilAsserted(() ->
                assertThat(sink.rejections).singleElement().asString().contains("does not exist"));
        assertThat(sink.sets).hasSize(1);
        Files.createDirectory(folder);
        write("a.yaml", service("b"));
        await().untilAsserted(() -> assertThat(sink.names()).containsExactly("Service default/b"));
        write("a.yaml", service("c"));
        await().untilAsserted(() -> assertThat(sink.names()).containsExactly("Service default/c"));
    }

    @Test
    void anUnchangedSetIsNotAppliedAgain() throws IOException {
        write("a.yaml", service("a"));
        start();
        write("a.yaml", "# a comment\n" + service("a"));
        await().during(Duration.ofMillis(400))
                .untilAsserted(() -> assertThat(sink.sets).hasSize(1));
    }

    @Test
    void goingBackToTheOldContentTakesARefusalBack() throws IOException {
        write("a.yaml", service("a"));
        start();
        write("a.yaml", "kind: Nothing\n");
        await().untilAsserted(() -> assertThat(sink.rejections).hasSize(1));
        write("a.yaml", service("a"));
        await().untilAsserted(() -> assertThat(sink.sets).hasSize(2));
        assertThat(sink.sets.get(1)).isEqualTo(sink.sets.get(0));
        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(sink.sets).hasSize(2));
        write("a.yaml", service("b"));
        await().untilAsserted(() -> assertThat(sink.names()).containsExactly("Service default/b"));
        assertThat(sink.sets).hasSize(3);
        write("a.yaml", "kind: Nothing\n");
        await().untilAsserted(() -> assertThat(sink.rejections).hasSize(2));
    }

    @Test
    void thePollAloneSeesChanges() throws IOException {
        write("a.yaml", service("a"));
        start(null);
        write("a.yaml", service("bb"));
        await().untilAsserted(() -> assertThat(sink.names()).containsExactly("Service default/bb"));
        write("a.yaml", "kind: Nothing\n");
        await().untilAsserted(() -> assertThat(sink.rejections).hasSize(1));
    }

    @Test
    void thePollDoesNotReadBetweenEmptyingAFileAndWritingIt() throws IOException {
        write("a.yaml", service("a"));
        source = new FolderSource(folder, new FolderWatch(null, Duration.ofMillis(300), Duration.ofMillis(20)));
        source.start(sink);
        for (int i = 0; i < 8; i++) {
            String name = "n" + i;
            write("a.yaml", "");
            await().pollDelay(Duration.ofMillis(5 + i * 5)).until(() -> true);
            write("a.yaml", service(name));
            await().untilAsserted(() -> assertThat(sink.names()).containsExactly("Service default/" + name));
        }
        assertThat(sink.rejections).isEmpty();
    }

    @Test
    void aSinkThatFailsIsReportedOnceAndAskedAgain() throws IOException {
        write("a.yaml", service("a"));
        FlakySink flaky = new FlakySink();
        source = new FolderSource(folder, watch(null));
        source.start(flaky);
        flaky.failing = true;
        write("a.yaml", service("bb"));
        await().until(() -> flaky.asked.get() >= 3);
        assertThat(flaky.reasons).hasValue(1);
        flaky.failing = false;
        await().until(() -> flaky.accepted.get() == 2);
    }

    @Test
    void aMissingFolderIsAClearMessage() {
        assertThatThrownBy(() -> new FolderSource(top.resolve("nowhere")).start(sink))
                .isInstanceOf(UnreadableFolderException.class)
                .hasMessageContaining("nowhere: does not exist (expected: a folder of resource files)");
    }

    @Test
    void aFileInsteadOfAFolderIsAClearMessage() throws IOException {
        Path file = write("a.yaml", service("a"));
        assertThatThrownBy(() -> new FolderSource(file).start(sink))
                .isInstanceOf(UnreadableFolderException.class)
                .hasMessageContaining("a.yaml: not a folder");
    }

    @Test
    void aLinkToNowhereIsAClearMessage() throws IOException {
        Files.createSymbolicLink(folder.resolve("a.yaml"), top.resolve("nowhere"));
        assertThatThrownBy(this::start)
                .isInstanceOf(UnreadableFolderException.class)
                .hasMessage(folder.resolve("a.yaml")
                        + ": cannot be read: the link leads to nothing (expected: a file that may be read)");
    }

    @Test
    void aFileBehindALinkIsRead() throws IOException {
        Path real = Files.writeString(top.resolve("real.yaml"), service("a"));
        Files.createSymbolicLink(folder.resolve("a.yaml"), real);
        start(null);
        Files.writeString(real, service("bb"));
        await().untilAsserted(() -> assertThat(sink.names()).containsExactly("Service default/bb"));
    }

    @Test
    void aFileOfTwoMebibytesIsRefused() throws IOException {
        write("a.yaml", "# " + "x".repeat(2 * 1024 * 1024));
        assertThatThrownBy(this::start)
                .isInstanceOf(InvalidFileException.class)
                .hasMessage("a.yaml: larger than 1 MiB (expected: at most 1048576 bytes)");
    }

    @Test
    void isStartedOnce() throws IOException {
        start();
        assertThatThrownBy(() -> source.start(sink))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("started twice");
    }

    @Test
    void deliversNothingAfterClose() throws IOException {
        write("a.yaml", service("a"));
        start();
        source.close();
        source.close();
        write("a.yaml", service("b"));
        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(sink.sets).hasSize(1));
    }

    private void start() throws IOException {
        start(folder.getFileSystem().newWatchService());
    }

    private void start(@Nullable WatchService events) {
        source = new FolderSource(folder, watch(events));
        source.start(sink);
    }

    private static FolderWatch watch(@Nullable WatchService events) {
        return new FolderWatch(events, Duration.ofMillis(30), Duration.ofMillis(50));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String service(String name) {
        return "kind: Service\nmetadata: {name: " + name + "}\n";
    }
}
