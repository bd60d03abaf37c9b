package io.tulle.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tulle.testing.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that is refused, each in one line that says what to do; and left as it is. */
class UnusableFolderTest {
    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(5);
    private Path database = Path.of("set before each test");

    @BeforeEach
    void fill() {
        database = folder.resolve("tulle.db");
        try (Store store = open()) {
            for (int i = 0; i < 300; i++) {
                StoreTck.done(store.commit(
                        Transaction.builder().put("key/" + i, new byte[500]).build()));
            }
        }
    }

    @Test
    void aFolderThatIsInUse() {
        try (Store store = open()) {
            assertRefused()
                    .withMessage(folder + " is in use by process "
                            + ProcessHandle.current().pid() + "; end that process, or choose another folder");
            assertThat(store.revision()).isEqualTo(300);
        }
        open().close();
    }

    @Test
    void aNewerFormat() throws SQLException {
        sql("UPDATE meta SET format = 2");
        assertRefused()
                .withMessage("cannot open " + database
                        + ": its format is 2 (expected: 1); start the version of Tulle that wrote it");
        sql("UPDATE meta SET format = 1");
        open().close();
    }

    @Test
    void aFileThatIsNoDatabase() throws IOException {
        Files.writeString(database, "not a database, but long enough to have a header ".repeat(100));
        assertRefused()
                .withMessageStartingWith("cannot open " + database + ": it is corrupt (")
                .withMessageEndingWith("put a backup in its place, or move it away to start empty");
        assertThat(database).content().startsWith("not a database");
    }

    @Test
    void theDatabaseOfAnotherProgram() throws SQLException, IOException {
        Files.delete(database);
        sql("CREATE TABLE songs (title TEXT)");
        assertRefused().withMessageContaining("it is the database of another program; choose another folder");
    }

    @Test
    void aStateThatContradictsTheVersions() throws SQLException {
        sql("UPDATE meta SET revision = 17");
        assertRefused().withMessageContaining("it is corrupt (revision 300 is in it");
        sql("DELETE FROM meta");
        assertRefused().withMessageContaining("its format is null (expected: 1); put a backup in its place");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 9, 20, 30})
    void aPageThatWasOverwritten(int page) throws IOException {
        try (FileChannel file = FileChannel.open(database, StandardOpenOption.WRITE)) {
            assertThat(file.size()).isGreaterThan(31 * 4096L);
            byte[] garbage = new byte[4096];
            java.util.Arrays.fill(garbage, (byte) 0x5A);
            file.write(ByteBuffer.wrap(garbage), page * 4096L);
        }
        assertRefused().withMessageContaining("it is corrupt (").withMessageContaining("put a backup in its place");
    }

    @Test
    void aFileThatWasCutOff() throws IOException {
        try (FileChannel file = FileChannel.open(database, StandardOpenOption.WRITE)) {
            file.truncate(20 * 4096L);
        }
        assertRefused().withMessageContaining("it is corrupt (");
    }

    @Test
    void aFolderThatIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatExceptionOfType(UnusableStoreException.class)
                .isThrownBy(() -> SqliteStore.open(file, clock, clock))
                .withMessageStartingWith("cannot write in " + file)
                .withMessageEndingWith("let this user write it, or choose another folder");
    }

    @Test
    void aDatabaseThatIsAFolder() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.createDirectory(other.resolve("tulle.db"));
        assertThatExceptionOfType(UnusableStoreException.class)
                .isThrownBy(() -> SqliteStore.open(other, clock, clock))
                .withMessageStartingWith("cannot open " + other.resolve("tulle.db"));
    }

    private ThrowableAssertAlternative<UnusableStoreException> assertRefused() {
        return assertThatExceptionOfType(UnusableStoreException.class)
                .isThrownBy(this::open)
                .satisfies(refused -> assertThat(refused.getMessage()).hasLineCount(1));
    }

    private Store open() {
        return SqliteStore.open(folder, clock, clock);
    }

    private void sql(String text) throws SQLException {
        try (Connection connection = ConnectionSource.DURABLE.open(database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(text);
        }
    }
}
