package io.tulle.benchmarks.macro;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process of a run, which is told and answers in lines. It ends when it is closed, and a JVM also when its standard input does, so that none stays
 * behind. Confined to one thread, but for the one that reads its answers.
 */
final class Child implements AutoCloseable {
    /** How a JVM begins its first line. */
    static final String READY = "ready";

    private static final String ENDED = "";
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofSeconds(5);

    private final String name;
    private final Process process;
    private final Path log;
    private final Writer orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a program. Its standard error goes to {@code <name>.log} in the folder. */
    static Child start(String name, Path folder, List<String> command) throws IOException {
        Path log = folder.resolve(name + ".log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        Child child = new Child(name, process, log);
        Thread reader = new Thread(child::read, "read-" + name);
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    /** Starts a class of this class path in a JVM of its own, a heap of {@code megabytes}; it says when it is {@link #READY}. */
    static Child jvm(String name, Path folder, int megabytes, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + megabytes + "m",
                "-Xmx" + megabytes + "m",
                "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return start(name, folder, command);
    }

    /** Waits in a started JVM until its standard input ends, and ends the JVM. */
    static void awaitEnd() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    long pid() {
        return process.pid();
    }

    /**
     * Does nothing.
     *
     * @throws IllegalStateException if it has ended
     */
    void checkAlive() {
        if (!process.isAlive()) {
            throw failed("it has ended");
        }
    }

    /** Returns what stands behind {@link #READY} on its first line. */
    String ready() {
        String line = answer(START);
        if (!line.startsWith(READY)) {
            throw failed("it said '" + line + "'");
        }
        return line.substring(READY.length()).strip();
    }

    /** Sends a line and returns the next one that it answers. */
    String ask(String order, Duration patience) {
        try {
            orders.write(order + "\n");
            orders.flush();
        } catch (IOException e) {
            throw failed(e.toString());
        }
        return answer(patience);
    }

    private String answer(Duration patience) {
        try {
            String line = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw failed("no answer in " + patience.toSeconds() + " s");
            }
            if (line.equals(ENDED)) {
                throw failed("it has ended");
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        }
    }

    /** Returns an exception that says what is wrong with it and where its log is. */
    IllegalStateException failed(String why) {
        return new IllegalStateException("process " + name + ": " + why + " (its log: " + log + ")");
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    answers.add(line);
                }
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        } finally {
            answers.add(ENDED);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
