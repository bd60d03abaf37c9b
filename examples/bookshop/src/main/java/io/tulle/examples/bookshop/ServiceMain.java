package io.tulle.examples.bookshop;

import io.tulle.api.time.Ticker;
import io.tulle.client.Mesh;
import io.tulle.client.registry.Registration;
import io.tulle.examples.bookshop.service.Backend;
import io.tulle.examples.bookshop.service.BookClient;
import io.tulle.examples.bookshop.service.CallStats;
import io.tulle.examples.bookshop.service.Membership;
import io.tulle.examples.bookshop.service.MeshBookClient;
import io.tulle.examples.bookshop.service.RoundRobinBookClient;
import io.tulle.examples.bookshop.service.RoundRobinBookClient.Target;
import io.tulle.examples.bookshop.service.Storefront;
import io.tulle.registry.RegistryMain;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One process of the demo. When it is ready it prints a line. When its standard input ends, whoever started it is gone, and it goes too.
 *
 * <pre>
 * registry [options of ./mesh registry]
 * backend NAME PORT SERVICE VERSION [REGISTRY STATE-FOLDER TLS-FOLDER]
 * storefront mesh REGISTRY STATE-FOLDER TLS-FOLDER
 * storefront plain TIMEOUT SERVICE/SUBSET/INSTANCE@HOST:PORT ...
 * </pre>
 */
public final class ServiceMain {
    /** The beginning of the line that a process prints when it takes requests; the groups are its port and that for looking after it, if it has one of its own. */
    public static final Pattern READY =
            Pattern.compile("(?:READY |registry ready at http://\\S+:)(\\d+)(?: ADMIN (\\d+))?");

    private static final Duration REGISTERED = Duration.ofSeconds(20);
    private static final int PLAIN_BACKEND = 5;

    private ServiceMain() {}

    /** Runs one process; it ends at once when it cannot begin. */
    public static void main(String... args) {
        endWithParent();
        try {
            run(Arrays.asList(args));
        } catch (IOException | RuntimeException e) {
            System.err.println(e);
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(List<String> words) throws IOException, InterruptedException {
        switch (words.get(0)) {
            case "registry" -> RegistryMain.main(words.subList(1, words.size()).toArray(String[]::new));
            case "backend" -> System.out.println("READY " + backend(words));
            default -> System.out.println("READY " + storefront(words));
        }
    }

    private static String backend(List<String> words) throws IOException, InterruptedException {
        String name = words.get(1);
        int port = Integer.parseInt(words.get(2));
        String service = words.get(3);
        Mesh mesh = words.size() == PLAIN_BACKEND ? null : mesh(service, words.subList(PLAIN_BACKEND, words.size()));
        Backend backend = Backend.start(name, service, port, mesh);
        backend.warmUp();
        if (mesh == null) {
            atEnd(backend::stop);
        } else {
            join(mesh, backend, Membership.registration(name, service, backend.port(), words.get(4)));
        }
        return backend.port() + " ADMIN " + backend.adminPort();
    }

    private static Mesh mesh(String service, List<String> words) {
        return Membership.mesh(URI.create(words.get(0)), Path.of(words.get(1)), folder(words.get(2), service), service);
    }

    /** Returns the folder with the certificate of a service. */
    private static Path folder(String tls, String service) {
        return Path.of(tls).resolve(service);
    }

    private static void join(Mesh mesh, Backend backend, Registration registration) throws InterruptedException {
        Membership membership = Membership.join(mesh, registration);
        if (!membership.await(REGISTERED)) {
            throw new IllegalStateException(
                    registration.name() + " is not registered after " + REGISTERED.toSeconds() + " s");
        }
        atEnd(() -> leave(membership, backend));
    }

    private static void leave(Membership membership, Backend backend) {
        try {
            membership.leave(backend::stop);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            backend.stop();
        }
    }

    private static int storefront(List<String> words) throws IOException {
        CallStats stats = new CallStats();
        BookClient books = words.get(1).equals("mesh")
                ? new MeshBookClient(
                        URI.create(words.get(2)), Path.of(words.get(3)), folder(words.get(4), "storefront"), stats)
                : plain(words, stats);
        Storefront storefront = Storefront.start(books, stats);
        storefront.warmUp();
        atEnd(storefront::stop);
        return storefront.port();
    }

    private static BookClient plain(List<String> words, CallStats stats) {
        List<Target> targets =
                words.subList(3, words.size()).stream().map(Target::parse).toList();
        return new RoundRobinBookClient(targets, Duration.parse(words.get(2)), stats, Ticker.system());
    }

    private static void atEnd(Runnable action) {
        Runtime.getRuntime().addShutdownHook(new Thread(action, "stop"));
    }

    /** Halts as soon as the pipe from the parent closes: it does so even when the parent is killed. */
    private static void endWithParent() {
        Thread watch = new Thread(ServiceMain::awaitEnd, "parent");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // nobody writes; what came would be ignored
            }
        } catch (IOException e) {
            System.err.println("standard input broke: " + e);
        }
        Runtime.getRuntime().halt(0);
    }
}
