package io.tulle.proofs.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A Java program as a process of its own, told apart by what it prints. Its standard error goes to a file. It ends with this process. Confined to one thread. */
public final class JavaProgram implements AutoCloseable {
    private static final String END = "\u0004";
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Process process;
    private final Path log;
    private final Thread end = new Thread(this::endAll, "proof-end");
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private JavaProgram(Process process, Path log) {
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(end);
        Thread reader = new Thread(this::read, "proof-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a program.
     *
     * @param before words before {@code java}, such as a tracer's; mostly none
     * @param classPath of the program
     * @param words main class and arguments
     * @param log where its standard error is appended
     */
    public static JavaProgram start(List<String> before, String classPath, List<String> words, Path log) {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", classPath));
        command.addAll(words);
        try {
            return new JavaProgram(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(command.get(0) + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Starts a program with this process's own class path. */
    public static JavaProgram start(List<String> words, Path log) {
        return start(List.of(), System.getProperty("java.class.path"), words, log);
    }

    /**
     * Returns the next line that it prints.
     *
     * @throws IllegalStateException if it ends first, or says nothing for so long
     */
    public String line(Duration most) throws InterruptedException {
        String line = lines.poll(most.toNanos(), TimeUnit.NANOSECONDS);
        if (line == null || line.equals(END)) {
            throw new IllegalStateException(
                    (line == null ? "nothing was said for " + most.toSeconds() + " s" : "it ended") + " (see " + log
                            + ")");
        }
        return line;
    }

    /** Says a line to its standard input. */
    public void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the program does not listen (see " + log + ")", e);
        }
    }

    /** Returns its process id. */
    public long pid() {
        return process.pid();
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        endAll();
        await();
    }

    /** Asks it to end and waits; kills it when that takes long. */
    @Override
    public void close() {
        process.destroy();
        await();
    }

    /** What a tracer has started first, or it would live on without it. */
    private void endAll() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void await() {
        try {
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                endAll();
            }
        } catch (InterruptedException e) {
            endAll();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(end); // a loop of many starts would pile them up
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("its output cannot be read: " + e.getMessage());
        } finally {
            lines.add(END);
        }
    }
}
