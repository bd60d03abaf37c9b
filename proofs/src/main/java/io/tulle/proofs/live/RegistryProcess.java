package io.tulle.proofs.live;

import io.tulle.proofs.process.JavaProgram;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A registry of any main class in a process of its own, which ends with this one. Confined to one thread. */
public final class RegistryProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("registry ready at (http://[^ ]+).*");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final JavaProgram program;
    private final Thread end;
    private final URI uri;

    private RegistryProcess(JavaProgram program) throws InterruptedException {
        this.program = program;
        end = new Thread(this::endAll, "proof-end");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            String line = program.line(PATIENCE);
            Matcher ready = READY.matcher(line);
            if (!ready.matches()) {
                throw new IllegalStateException("the registry said '" + line + "' (expected: that it is ready)");
            }
            uri = URI.create(ready.group(1));
        } catch (InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a registry and waits until it is ready.
     *
     * @param before words before the command, such as those of a tracer
     * @param main the class to run, which says when it is ready as {@code RegistryMain} does
     * @param words its arguments
     * @param log where its standard error goes
     * @throws IllegalStateException if it ends or is silent
     */
    public static RegistryProcess start(List<String> before, Class<?> main, List<String> words, Path log)
            throws InterruptedException {
        List<String> command =
                Stream.concat(Stream.of(main.getName()), words.stream()).toList();
        return new RegistryProcess(JavaProgram.start(before, System.getProperty("java.class.path"), command, log));
    }

    /** Returns where it answers. */
    public URI uri() {
        return uri;
    }

    /** Returns its process id. */
    public long pid() {
        return program.pid();
    }

    /** What a tracer has started first, or it would live on without it. */
    private void endAll() {
        ProcessHandle.of(program.pid()).ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    @Override
    public void close() {
        endAll();
        program.kill();
        Runtime.getRuntime().removeShutdownHook(end); // a loop of many starts would pile them up
    }
}
