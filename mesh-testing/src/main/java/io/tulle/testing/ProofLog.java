package io.tulle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.opentest4j.TestAbortedException;

/**
 * Tables of what tests have shown, for {@code ./mesh proof}: when the system property {@code proof.log} names a folder, each JVM writes a file of tab-separated rows
 * there; without it, nothing is written. Thread-safe.
 */
public final class ProofLog {
    private static final @Nullable String FOLDER = System.getProperty("proof.log");
    private static final ReentrantLock LOCK = new ReentrantLock();

    private ProofLog() {}

    /**
     * Runs {@code test} and writes a row of {@code kind}, {@code column}, {@code line}, and what came of it: {@code ok}, {@code n/a} with the reason if it was
     * aborted, {@code differs} with the failure.
     *
     * @throws Throwable what the test throws
     */
    public static void judge(String kind, String column, String line, Executable test) throws Throwable {
        judgeWith(kind, column, line, () -> {
            test.execute();
            return "";
        });
    }

    /**
     * The same with a test that returns what its row adds to {@code ok}.
     *
     * @throws Throwable what the test throws
     */
    public static void judgeWith(String kind, String column, String line, ThrowingSupplier<String> test)
            throws Throwable {
        try {
            row(kind, column, line, "ok", test.get());
        } catch (TestAbortedException e) {
            row(kind, column, line, "n/a", String.valueOf(e.getMessage()));
            throw e;
        } catch (Throwable e) {
            row(kind, column, line, "differs", String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** Writes a row; tabs and line ends in a cell become blanks. */
    public static void row(String... cells) {
        if (FOLDER == null) {
            return;
        }
        String line = List.of(cells).stream()
                        .map(cell -> cell.replaceAll("\\s+", " "))
                        .reduce((left, right) -> left + "\t" + right)
                        .orElse("")
                + "\n";
        LOCK.lock();
        try {
            Path folder = Files.createDirectories(Path.of(FOLDER));
            Files.writeString(
                    folder.resolve(ProcessHandle.current().pid() + ".tsv"),
                    line,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            LOCK.unlock();
        }
    }
}
