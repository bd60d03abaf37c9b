package io.tulle.examples.bookshop.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The catalog, reviews and ratings processes. Confined to the demo's main thread. */
public final class Backends {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Family family;
    private final List<String> registration;

    /**
     * A process that fills a place.
     *
     * @param replica the place
     * @param process the process
     * @param ports where it listens
     */
    public record Running(Replica replica, ChildProcess process, ChildProcess.Ports ports) {}

    /**
     * Creates none yet.
     *
     * @param registration what tells each process where to register; empty when they are to do without
     */
    public Backends(Family family, List<String> registration) {
        this.family = family;
        this.registration = List.copyOf(registration);
    }

    /** Returns the places of a shop with {@code each} instances of catalog v1, catalog v2, reviews and ratings. */
    public static List<Replica> places(int each) {
        return Stream.of(
                        new Replica("catalog", "v1", 0),
                        new Replica("catalog", "v2", 0),
                        new Replica("reviews", "", 0),
                        new Replica("ratings", "", 0))
                .flatMap(kind -> Stream.iterate(1, number -> number + 1)
                        .limit(each)
                        .map(number -> new Replica(kind.service(), kind.version(), number)))
                .toList();
    }

    /** Starts a process for each place, all at once, and waits until they are ready. */
    public void start(List<Replica> places) throws InterruptedException {
        Map<Replica, ChildProcess> processes = new LinkedHashMap<>();
        for (Replica replica : places) {
            processes.put(replica, process(replica, 0));
        }
        for (Map.Entry<Replica, ChildProcess> entry : processes.entrySet()) {
            ready(entry.getKey(), entry.getValue());
        }
    }

    /** Kills a process without a word to anybody and waits until it is gone. */
    public void kill(String name) throws InterruptedException {
        ChildProcess process = get(name).process();
        process.kill();
        process.awaitEnd(STOP);
    }

    /**
     * Starts a process for the same place.
     *
     * @param port 0 for another port
     */
    public void restart(String name, int port) throws InterruptedException {
        Replica replica = get(name).replica();
        ready(replica, process(replica, port));
    }

    /** Asks a process to stop, waits until it has done what it does at its end, and forgets it. */
    public void stop(String name) throws InterruptedException {
        get(name).process().stop(STOP);
        running.remove(name);
    }

    /**
     * Returns who fills a place.
     *
     * @throws IllegalArgumentException if nobody does
     */
    public Running get(String name) {
        Running found = running.get(name);
        if (found == null) {
            throw new IllegalArgumentException("instance: '" + name + "' (expected: one of " + running.keySet() + ")");
        }
        return found;
    }

    /** Returns who fills the places; a killed one is among them until it is started again. */
    public List<Running> all() {
        return new ArrayList<>(running.values());
    }

    private ChildProcess process(Replica replica, int port) {
        List<String> words = new ArrayList<>(
                List.of("backend", replica.name(), Integer.toString(port), replica.service(), replica.version()));
        words.addAll(registration);
        return family.start(replica.name(), Jvm.BACKEND, words);
    }

    private void ready(Replica replica, ChildProcess process) throws InterruptedException {
        running.put(replica.name(), new Running(replica, process, process.awaitReady(START)));
    }
}
