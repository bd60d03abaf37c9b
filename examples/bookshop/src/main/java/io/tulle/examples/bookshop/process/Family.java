package io.tulle.examples.bookshop.process;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every process that this one has started, so that all can be ended. Thread-safe. */
public final class Family implements AutoCloseable {
    private final Path logs;
    private final List<ChildProcess> children = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * Creates an empty family.
     *
     * @param logs a folder for what processes write to standard error
     */
    public Family(Path logs) {
        this.logs = logs;
    }

    /** Starts a process. */
    public ChildProcess start(String name, List<String> jvm, List<String> words) {
        if (closed) {
            throw new IllegalStateException(name + " is not started: the demo is ending");
        }
        ChildProcess child = ChildProcess.start(name, jvm, words, logs);
        children.add(child);
        if (closed) {
            child.kill();
        }
        return child;
    }

    /** Returns how many processes run. */
    public long running() {
        return children.stream().filter(ChildProcess::alive).count();
    }

    /** Kills all that run; none can be started any more. */
    @Override
    public void close() {
        closed = true;
        children.forEach(ChildProcess::kill);
    }
}
