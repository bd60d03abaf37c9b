package io.tulle.examples.bookshop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folders of one run: logs, configuration, the registry's data and what processes keep. What it creates it deletes. */
final class Workspace implements AutoCloseable {
    private final Path root;

    private Workspace(Path root) {
        this.root = root;
    }

    /**
     * Creates the folders and makes sure that the result can be written.
     *
     * @throws IllegalArgumentException if not; the message says why
     */
    static Workspace open(@Nullable Path json) {
        if (json != null) {
            probe(json);
        }
        try {
            Workspace workspace = new Workspace(Files.createTempDirectory("bookshop-"));
            for (Path folder :
                    List.of(workspace.manifests(), workspace.data(), workspace.state(), workspace.certificates())) {
                Files.createDirectory(folder);
            }
            return workspace;
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder can be created: " + e.getMessage(), e);
        }
    }

    /** Opens the file for writing and leaves it as it is: a result of yesterday stays until there is a new one. */
    private static void probe(Path json) {
        boolean existed = Files.exists(json);
        try {
            Files.newOutputStream(json, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            if (!existed) {
                Files.delete(json);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("--json: " + json + " (expected: a file that can be written)", e);
        }
    }

    /** Returns where everything else is, and the logs. */
    Path root() {
        return root;
    }

    /** Returns where configuration is written. */
    Path manifests() {
        return root.resolve("mesh");
    }

    /** Returns where the registry keeps its data. */
    Path data() {
        return root.resolve("data");
    }

    /** Returns where the certificates of the processes are. */
    Path certificates() {
        return root.resolve("tls");
    }

    /** Returns where processes keep what they know for their next start. */
    Path state() {
        return root.resolve("state");
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("demo: " + root + " could not be deleted: " + e.getMessage());
        }
    }
}
