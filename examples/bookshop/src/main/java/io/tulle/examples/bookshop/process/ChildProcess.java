package io.tulle.examples.bookshop.process;

import io.tulle.examples.bookshop.ServiceMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;

/**
 * A JVM of the shop. It ends when this process ends, however that happens: its standard input is a pipe from here, and it halts when the pipe closes.
 * What it writes to standard error goes to a log file.
 */
public final class ChildProcess {
    private final String name;
    private final Process process;
    private final Path log;
    private final CompletableFuture<Ports> ports;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        ports = CompletableFuture.supplyAsync(this::readPorts);
    }

    /**
     * Where a process listens.
     *
     * @param service for its callers
     * @param admin for looking after it; the same when it has no other
     */
    public record Ports(int service, int admin) {}

    /**
     * Starts a JVM with this process's class path.
     *
     * @param jvm options of the JVM
     * @param words arguments of {@link ServiceMain}
     */
    public static ChildProcess start(String name, List<String> jvm, List<String> words, Path logs) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(ServiceMain.class.getName());
        command.addAll(words);
        Path log = logs.resolve(name + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ChildProcess(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until the process takes requests.
     *
     * @return its ports
     * @throws IllegalStateException if it ends first or takes longer than {@code timeout}
     */
    public Ports awaitReady(Duration timeout) throws InterruptedException {
        try {
            return ports.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(name + " ended before it was ready: " + lastWords(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    name + " was not ready after " + timeout.toSeconds() + " s: " + lastWords(), e);
        }
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Asks it to end and waits until it has; kills it when that takes longer than {@code timeout}. */
    public void stop(Duration timeout) throws InterruptedException {
        process.toHandle()
                .destroy(); // Process.destroy closes the pipe, too, and the child would halt before it has said goodbye
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
    }

    /** Waits until it has ended. */
    public void awaitEnd(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " still runs after " + timeout.toSeconds() + " s");
        }
    }

    /** Returns whether it runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Returns the process id. */
    public long pid() {
        return process.pid();
    }

    /** The line of the log that says what went wrong: the last that is not part of a stack trace. */
    private String lastWords() {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("\t"))
                    .reduce((former, latter) -> latter)
                    .orElse("it wrote nothing");
        } catch (IOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }

    private Ports readPorts() {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher ready = ServiceMain.READY.matcher(line);
                if (ready.lookingAt()) {
                    int service = Integer.parseInt(ready.group(1));
                    return new Ports(service, ready.group(2) == null ? service : Integer.parseInt(ready.group(2)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no line that begins with " + ServiceMain.READY);
    }
}
