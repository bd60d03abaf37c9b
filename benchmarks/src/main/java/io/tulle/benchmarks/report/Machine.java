package io.tulle.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where figures were measured; without it they mean nothing.
 *
 * @param cores processors that the JVM sees
 * @param cpu the processor's model, or its architecture when the system does not tell
 * @param os name and version of the operating system
 * @param jdk vendor and version of the JDK
 */
public record Machine(int cores, String cpu, String os, String jdk) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** Returns this machine. */
    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                cpuModel(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
    }

    /** Returns one line for people. */
    public String line() {
        return "machine: " + cores + " cores, " + cpu + "; " + os + "; JDK " + jdk;
    }

    private static String cpuModel() {
        String architecture = System.getProperty("os.arch");
        if (!Files.isReadable(CPU_INFO)) {
            return architecture;
        }
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
