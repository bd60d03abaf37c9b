package io.tulle.proofs.compat;

import io.tulle.api.MeshException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Builds a version from this repository's history, once, in {@code target} of the module. */
final class FormerVersion {
    private static final String SCHEMA_CHANGE = "@Since(";
    private static final List<String> BUILD = List.of(
            "mvn",
            "-q",
            "-B",
            "-ntp",
            "-pl",
            "proofs",
            "-am",
            "package",
            "-Dmaven.test.skip=true",
            "-Dspotless.check.skip=true",
            "-Djacoco.skip=true",
            "-Denforcer.skip=true",
            "-Dflatten.skip=true",
            "-P",
            "!static-analysis",
            "-Dlint.keys=-Xlint:none");

    private final Path root;
    private final Consumer<String> progress;

    FormerVersion(Path root, Consumer<String> progress) {
        this.root = root;
        this.progress = progress;
    }

    /**
     * Returns the commit before the last one that added a field to a schema.
     *
     * @throws MeshException if the history does not say
     */
    String beforeSchemaChange() {
        String last = run(
                root,
                List.of(
                        "git",
                        "log",
                        "-1",
                        "--format=%H",
                        "-S" + SCHEMA_CHANGE,
                        "--",
                        "mesh-api/src/main/java/io/tulle/api/resource/Instance.java"));
        if (last.isBlank()) {
            throw new MeshException(
                    "the history here has no change of a schema (expected: a full clone; in a shallow one run git fetch --unshallow, or name a revision)");
        }
        return commit(last.strip() + "^");
    }

    /** Returns the full id of a revision. */
    String commit(String revision) {
        return run(root, List.of("git", "rev-parse", "--verify", "--end-of-options", revision + "^{commit}"))
                .strip();
    }

    /** Returns the class path of a commit's build. */
    String classPath(String commit) {
        Path home = root.resolve("proofs/target/former").resolve(commit);
        Path built = home.resolve("proofs/target/.built");
        if (!Files.exists(built)) {
            progress.accept("building " + commit.substring(0, 12) + " (once, takes a minute or two)");
            try {
                Files.createDirectories(home);
                Path archive = home.resolve("sources.tar");
                run(root, List.of("git", "archive", "--format=tar", "--output=" + archive, commit));
                run(home, List.of("tar", "-xf", archive.toString()));
                run(home, BUILD);
                Files.createFile(built);
            } catch (IOException e) {
                throw new UncheckedIOException(home + ": " + e.getMessage(), e);
            }
        }
        return home.resolve("proofs/target/proofs.jar") + ":" + home.resolve("proofs/target/lib") + "/*:"
                + home.resolve("mesh-registry-server/target/lib")
                + "/*"; // versions were there whose proofs left some of it to tests
    }

    private static String run(Path folder, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new MeshException(String.join(" ", command) + " failed: " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(command.get(0) + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command.get(0), e);
        }
    }
}
