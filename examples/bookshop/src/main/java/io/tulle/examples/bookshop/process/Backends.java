package io.tulle.examples.bookshop.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The catalog and reviews processes. Confined to the demo's main thread. */
public final class Backends {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Family family;
    private int starts;

    /**
     * A process that fills a place.
     *
     * @param replica the place
     * @param uid identity of this process
     * @param process the process
     * @param port where it listens
     */
    public record Running(Replica replica, String uid, ChildProcess process, int port) {}

    /** Creates none yet. */
    public Backends(Family family) {
        this.family = family;
    }

    /** Returns the places of a shop with {@code each} instances of catalog v1, catalog v2 and reviews. */
    public static List<Replica> places(int each) {
        return Stream.of(
                        new Replica("catalog", "v1", 0), new Replica("catalog", "v2", 0), new Replica("reviews", "", 0))
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

    /** Asks a process to stop, waits, and forgets it. */
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
        return family.start(replica.name(), Jvm.BACKEND, List.of("backend", replica.name(), Integer.toString(port)));
    }

    private void ready(Replica replica, ChildProcess process) throws InterruptedException {
        int port = process.awaitReady(START);
        running.put(replica.name(), new Running(replica, replica.name() + "." + ++starts, process, port));
    }
}
