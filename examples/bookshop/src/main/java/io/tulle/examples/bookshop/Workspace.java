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

/** The folders of one run: logs, and configuration unless it has a folder of its own. What it creates it deletes. */
final class Workspace implements AutoCloseable {
    private final Path root;
    private final Path config;

    private Workspace(Path root, Path config) {
        this.root = root;
        this.config = config;
    }

    /**
     * Creates the folders and makes sure that files can be written.
     *
     * @throws IllegalArgumentException if not; the message says which
     */
    static Workspace open(@Nullable Path config, @Nullable Path json) {
        if (config != null && !(Files.isDirectory(config) && Files.isWritable(config))) {
            throw new IllegalArgumentException(
                    "--config: " + config + " (expected: an existing folder that can be written to)");
        }
        if (json != null) {
            probe(json);
        }
        try {
            Path root = Files.createTempDirectory("bookshop-");
            return new Workspace(root, config == null ? Files.createDirectory(root.resolve("mesh")) : config);
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

    Path logs() {
        return root;
    }

    Path config() {
        return config;
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
