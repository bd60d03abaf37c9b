package io.tulle.proofs.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/** Writes a history file, one line per event, in the order in which it is told. Thread-safe. */
public final class Recorder implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Path file;
    private final BufferedWriter out;

    private Recorder(Path file, BufferedWriter out) {
        this.file = file;
        this.out = out;
    }

    /** Begins a file, in place of one that is there. */
    public static Recorder to(Path file) throws IOException {
        return new Recorder(file, Files.newBufferedWriter(file));
    }

    /** Adds an event. */
    public void add(Event event) {
        String json = event.json();
        lock.lock();
        try {
            out.write(json);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    /** Completes the file. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            out.close();
        } finally {
            lock.unlock();
        }
    }
}
