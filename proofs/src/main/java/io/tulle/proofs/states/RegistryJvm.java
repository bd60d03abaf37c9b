package io.tulle.proofs.states;

import io.tulle.registry.RegistryMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A registry as a process of its own, with its data on the disk. Confined to one thread. */
final class RegistryJvm implements RegistryControl {
    private final Path data;
    private final Path log;
    private final Duration lease;
    private final int port;
    private @Nullable Process process;

    RegistryJvm(Path folder, Duration lease) {
        data = folder.resolve("registry");
        log = folder.resolve("registry.log");
        this.lease = lease;
        port = freePort();
        start();
    }

    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void kill() {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroyForcibly();
            try {
                running.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void start() {
        if (process != null) {
            return;
        }
        try {
            Process started = new ProcessBuilder(command())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process = started;
            awaitReady(started);
        } catch (IOException e) {
            throw new UncheckedIOException("the registry cannot be started: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                RegistryMain.class.getName(),
                "--port",
                String.valueOf(port),
                "--data",
                data.toString(),
                "--lease",
                lease.toMillis() + "ms",
                "--progress",
                "500ms");
    }

    private void awaitReady(Process started) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null || !line.contains("ready")) {
            throw new IllegalStateException("the registry did not become ready: see " + log);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free: " + e.getMessage(), e);
        }
    }
}
