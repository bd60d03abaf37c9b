package io.tulle.proofs.process;

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
    private final URI uri;

    private RegistryProcess(JavaProgram program, URI uri) {
        this.program = program;
        this.uri = uri;
    }

    /**
     * Starts a registry and waits until it is ready.
     *
     * @param before words before the command, such as those of a tracer
     * @param main the class to run, which says when it is ready as {@code RegistryMain} does
     * @param words its arguments
     * @param log where its standard error goes
     * @throws IllegalStateException if it ends or is silent; nothing is left running then
     */
    public static RegistryProcess start(List<String> before, Class<?> main, List<String> words, Path log)
            throws InterruptedException {
        List<String> command =
                Stream.concat(Stream.of(main.getName()), words.stream()).toList();
        return ready(JavaProgram.start(before, System.getProperty("java.class.path"), command, log));
    }

    /** Waits until a registry that was started says that it is ready; ends it when it does not. */
    static RegistryProcess ready(JavaProgram program) throws InterruptedException {
        try {
            String line = program.line(PATIENCE);
            Matcher ready = READY.matcher(line);
            if (!ready.matches()) {
                throw new IllegalStateException("the registry said '" + line + "' (expected: that it is ready)");
            }
            return new RegistryProcess(program, URI.create(ready.group(1)));
        } catch (InterruptedException | RuntimeException e) {
            program.kill();
            throw e;
        }
    }

    /** Returns where it answers. */
    public URI uri() {
        return uri;
    }

    /** Returns its process id. */
    public long pid() {
        return program.pid();
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    @Override
    public void close() {
        program.kill();
    }
}
