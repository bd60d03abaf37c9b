package io.tulle.examples.bookshop.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The registry: always on the same port, whatever process serves it. Confined to the demo's main thread. */
public final class RegistryProcess {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(5);

    /** Short, so that it can be seen how what is dead goes. */
    private static final List<String> PACE = List.of("--lease", "5s", "--progress", "1s");

    private final Family family;
    private final Path folder;
    private final int port = FreePort.find();
    private int stores;
    private @Nullable ChildProcess process;

    /**
     * Creates a registry that does not run yet.
     *
     * @param folder an existing folder for its data
     */
    public RegistryProcess(Family family, Path folder) {
        this.family = family;
        this.folder = folder;
    }

    /** Returns the port. */
    public int port() {
        return port;
    }

    /** Returns the address. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts it with no data at all. */
    public void startEmpty() throws InterruptedException {
        stores++;
        start();
    }

    /** Starts it on the data that it had, and waits until it is ready. */
    public void start() throws InterruptedException {
        Path data = folder.resolve("registry-" + stores);
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + data + ": " + e, e);
        }
        List<String> words =
                new ArrayList<>(List.of("registry", "--port", Integer.toString(port), "--data", data.toString()));
        words.addAll(PACE);
        ChildProcess started = family.start("registry", Jvm.REGISTRY, words);
        process = started;
        started.awaitReady(START);
    }

    /** Kills it, as {@code kill -9} does, and waits until it is gone. */
    public void kill() throws InterruptedException {
        if (process != null) {
            process.kill();
            process.awaitEnd(STOP);
        }
    }
}
