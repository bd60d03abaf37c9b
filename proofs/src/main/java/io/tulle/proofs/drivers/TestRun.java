package io.tulle.proofs.drivers;

import io.tulle.api.MeshException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs tests of the modules with Maven, telling of each class as it runs, and reads the rows that they leave. */
final class TestRun {
    private static final String MODULES = "mesh-testing,mesh-http,mesh-grpc";
    private static final String RUNNING = "[INFO] Running ";

    private final Path root;
    private final Consumer<String> progress;

    TestRun(Path root, Consumer<String> progress) {
        this.root = root;
        this.progress = progress;
    }

    /**
     * Runs the tests that {@code pattern} names.
     *
     * @param pattern as surefire's {@code -Dtest}
     * @param properties further options for Maven
     * @return what the tests have left
     * @throws MeshException if nothing could be built
     */
    Rows run(String pattern, List<String> properties) throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory("tulle-proof-");
            try {
                int code = maven(command(pattern, properties, folder));
                List<Row> rows = rows(folder);
                if (code != 0 && rows.isEmpty()) {
                    throw new MeshException(
                            "mvn failed with code " + code + " before a test ran (run it as above to see why)");
                }
                return new Rows(rows, code == 0);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("mvn cannot be run: " + e.getMessage(), e);
        }
    }

    private static List<String> command(String pattern, List<String> properties, Path folder) {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-pl", MODULES, "-am", "test"));
        command.add("-Dtest=" + pattern);
        command.add("-Dsurefire.failIfNoSpecifiedTests=false");
        command.add("-Dmaven.test.failure.ignore=true");
        command.add("-Dspotless.check.skip=true");
        command.add("-Djacoco.skip=true");
        command.add("-Dproof.log=" + folder);
        command.addAll(properties);
        return command;
    }

    private int maven(List<String> command) throws IOException, InterruptedException {
        progress.accept(String.join(" ", command));
        Process process = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                tell(line);
            }
        } finally {
            process.destroy();
        }
        return process.waitFor();
    }

    private void tell(String line) {
        if (line.startsWith(RUNNING)) {
            progress.accept(line.substring(RUNNING.length()));
        } else if (line.startsWith("[ERROR]") && line.contains("COMPILATION") || line.startsWith("[ERROR] Failed to")) {
            progress.accept(line);
        }
    }

    private static List<Row> rows(Path folder) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Files.readAllLines(file).forEach(line -> rows.add(Row.of(line)));
            }
        }
        return rows;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /**
     * What a run has left.
     *
     * @param all in the order in which the tests ran, module by module
     * @param complete whether Maven got to the end
     */
    record Rows(List<Row> all, boolean complete) {
        /** Copies. */
        Rows {
            all = List.copyOf(all);
        }

        List<Row> of(String kind) {
            return all.stream().filter(row -> row.kind().equals(kind)).toList();
        }
    }
}
