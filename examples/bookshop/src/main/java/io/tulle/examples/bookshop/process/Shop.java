package io.tulle.examples.bookshop.process;

import io.tulle.examples.bookshop.service.RoundRobinBookClient.Target;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes that serve visitors.
 *
 * @param backends catalog, reviews and ratings
 * @param storefronts what visitors see
 */
public record Shop(Backends backends, Storefronts storefronts) {
    /** Where processes find what is on disk. */
    public record Folders(Path state, Path certificates) {}

    /** How many storefronts a shop opens with. */
    public static final int STOREFRONTS = 2;

    /**
     * Starts a shop that calls through the mesh and waits until it is ready.
     *
     * @param registry a registry that runs and has the shop's configuration
     * @param folders where processes keep what they know for their next start, and where their certificates are
     */
    public static Shop meshed(Family family, List<Replica> places, URI registry, Folders folders)
            throws InterruptedException {
        List<String> mesh = List.of(
                registry.toString(),
                folders.state().toString(),
                folders.certificates().toString());
        Backends backends = new Backends(family, mesh);
        backends.start(places);
        List<String> words = new ArrayList<>(List.of("mesh"));
        words.addAll(mesh);
        return open(backends, new Storefronts(family, words));
    }

    /** Starts a shop that calls a fixed list of instances in turn, and waits until it is ready. */
    public static Shop plain(Family family, List<Replica> places, Duration timeout) throws InterruptedException {
        Backends backends = new Backends(family, List.of());
        backends.start(places);
        List<String> words = new ArrayList<>(List.of("plain", timeout.toString()));
        for (Backends.Running backend : backends.all()) {
            Replica replica = backend.replica();
            words.add(new Target(
                            replica.service(),
                            replica.version(),
                            replica.name(),
                            "127.0.0.1:" + backend.ports().service())
                    .toString());
        }
        return open(backends, new Storefronts(family, words));
    }

    private static Shop open(Backends backends, Storefronts storefronts) throws InterruptedException {
        storefronts.start(STOREFRONTS);
        return new Shop(backends, storefronts);
    }
}
