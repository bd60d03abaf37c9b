package io.tulle.examples.bookshop.process;

import io.tulle.examples.bookshop.service.RoundRobinBookClient.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The storefront processes: two, that all load is spread over. Immutable. */
public final class Storefronts {
    private static final Duration START = Duration.ofSeconds(30);
    private static final int COUNT = 2;

    private final List<Integer> ports;

    private Storefronts(List<Integer> ports) {
        this.ports = List.copyOf(ports);
    }

    /** Starts storefronts that call through the mesh. */
    public static Storefronts meshed(Family family, Path folder) throws InterruptedException {
        return start(family, List.of("storefront", "mesh", folder.toString()));
    }

    /** Starts storefronts that call a fixed list of instances in turn. */
    public static Storefronts plain(Family family, Duration timeout, List<Backends.Running> backends)
            throws InterruptedException {
        List<String> words = new ArrayList<>(List.of("storefront", "plain", timeout.toString()));
        for (Backends.Running backend : backends) {
            Replica replica = backend.replica();
            words.add(new Target(replica.service(), replica.version(), replica.name(), "127.0.0.1:" + backend.port())
                    .toString());
        }
        return start(family, words);
    }

    private static Storefronts start(Family family, List<String> words) throws InterruptedException {
        List<ChildProcess> processes = new ArrayList<>();
        for (int i = 1; i <= COUNT; i++) {
            processes.add(family.start("storefront-" + i, Jvm.STOREFRONT, words));
        }
        List<Integer> ports = new ArrayList<>();
        for (ChildProcess process : processes) {
            ports.add(process.awaitReady(START));
        }
        return new Storefronts(ports);
    }

    /** Returns where they listen. */
    public List<Integer> ports() {
        return ports;
    }
}
