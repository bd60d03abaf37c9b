package io.tulle.benchmarks.macro;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a row needs beside the backends. */
enum Need {
    /** Nothing. */
    NOTHING,
    /** Certificates. */
    CERTIFICATES,
    /** A control plane that speaks xDS. */
    CONTROL_PLANE,
    /** Two HAProxy processes with mutual TLS between them. */
    SIDECARS("haproxy");

    private final List<String> commands;

    Need(String... commands) {
        this.commands = List.of(commands);
    }

    /** Returns what the machine lacks, or null. */
    @Nullable
    String missing() {
        for (String command : commands) {
            if (!installed(command)) {
                return command + " is not installed";
            }
        }
        return null;
    }

    private static boolean installed(String command) {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }
}
