package io.tulle.examples.bookshop.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The storefront processes that all load is spread over. They are started from one thread; any thread may ask where they listen. */
public final class Storefronts {
    private static final Duration START = Duration.ofMinutes(2);

    private final Family family;
    private final List<String> words;
    private final List<Integer> ports = new CopyOnWriteArrayList<>();

    /**
     * Creates none yet.
     *
     * @param words arguments of each process, after {@code storefront}
     */
    public Storefronts(Family family, List<String> words) {
        this.family = family;
        this.words = List.copyOf(words);
    }

    /** Starts some more, all at once, waits until they are ready, and returns where they listen. */
    public List<Integer> start(int count) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("storefront"));
        arguments.addAll(words);
        List<ChildProcess> processes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            processes.add(family.start("storefront-" + (ports.size() + i), Jvm.STOREFRONT, arguments));
        }
        List<Integer> started = new ArrayList<>();
        for (ChildProcess process : processes) {
            started.add(process.awaitReady(START).service());
        }
        ports.addAll(started);
        return started;
    }

    /** Returns where they listen, in the order in which they were started. */
    public List<Integer> ports() {
        return List.copyOf(ports);
    }
}
