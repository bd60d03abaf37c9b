package io.tulle.benchmarks.fleet;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts servers as a user would: the registry by the launcher at the root, the peer with the same JVM options. */
final class Servers {
    private final Path root;
    private final Path logs;

    Servers(Path root, Path logs) {
        this.root = root;
        this.logs = logs;
    }

    /** Returns the repository that this class was built in. */
    static Path root() {
        try {
            Path jar = Path.of(Servers.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (Path folder = jar; folder != null; folder = folder.getParent()) {
                if (Files.isExecutable(folder.resolve("mesh")) && Files.exists(folder.resolve("pom.xml"))) {
                    return folder;
                }
            }
            throw new IllegalStateException(jar + ": no folder above it has the launcher mesh");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    ServerProcess registry(Path data, boolean archive) {
        return ServerProcess.start(
                List.of(root.resolve("mesh").toString(), "registry", "--port", "0", "--data", data.toString()),
                Map.of("MESH_ARCHIVE", archive ? "on" : "off"),
                logs.resolve("registry.log"));
    }

    ServerProcess hello() {
        String libraries = root.resolve("mesh-registry-server/target/lib") + "/*";
        String own = root.resolve("benchmarks/target/benchmarks.jar").toString();
        return ServerProcess.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        own + ":" + libraries,
                        HelloServer.class.getName()),
                Map.of(),
                logs.resolve("hello.log"));
    }
}
