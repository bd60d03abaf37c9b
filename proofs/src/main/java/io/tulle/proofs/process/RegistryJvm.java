package io.tulle.proofs.process;

import io.tulle.registry.RegistryMain;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A registry as a process of its own, with its data on the disk and the same port at each start. Confined to one thread. */
public final class RegistryJvm implements AutoCloseable {
    private final String classPath;
    private final Path data;
    private final Path log;
    private final Duration lease;
    private final int port = FreePort.find();
    private @Nullable RegistryProcess process;

    /**
     * Starts one.
     *
     * @param folder of data and log
     */
    public RegistryJvm(Path folder, Duration lease) {
        this(folder, lease, System.getProperty("java.class.path"));
    }

    /** Starts one of another build. */
    public RegistryJvm(Path folder, Duration lease, String classPath) {
        this.classPath = classPath;
        data = folder.resolve("registry");
        log = folder.resolve("registry.log");
        this.lease = lease;
        start();
    }

    /** Returns where it listens. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns the folder of its data. */
    public Path data() {
        return data;
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        RegistryProcess running = process;
        process = null;
        if (running != null) {
            running.close();
        }
    }

    /** Starts it and waits until it is ready; does nothing when it runs. */
    public void start() {
        if (process != null) {
            return;
        }
        try {
            process = RegistryProcess.ready(JavaProgram.start(List.of(), classPath, words(), log));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the registry was starting", e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private List<String> words() {
        return List.of(
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
}
