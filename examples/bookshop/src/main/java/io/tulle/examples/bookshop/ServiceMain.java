package io.tulle.examples.bookshop;

import io.tulle.api.time.Ticker;
import io.tulle.examples.bookshop.service.Backend;
import io.tulle.examples.bookshop.service.BookClient;
import io.tulle.examples.bookshop.service.CallStats;
import io.tulle.examples.bookshop.service.MeshBookClient;
import io.tulle.examples.bookshop.service.RoundRobinBookClient;
import io.tulle.examples.bookshop.service.RoundRobinBookClient.Target;
import io.tulle.examples.bookshop.service.Storefront;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * One process of the shop. When it is ready it prints {@code READY <port>}. When its standard input ends, whoever started it is gone, and it goes too.
 *
 * <pre>
 * backend NAME PORT
 * storefront mesh FOLDER
 * storefront plain TIMEOUT SERVICE/SUBSET/INSTANCE@HOST:PORT ...
 * </pre>
 */
public final class ServiceMain {
    /** What a process prints, followed by its port, when it takes requests. */
    public static final String READY = "READY ";

    private ServiceMain() {}

    /** Runs one process. */
    public static void main(String... args) throws IOException {
        endWithParent();
        List<String> words = Arrays.asList(args);
        int port = words.get(0).equals("backend")
                ? backend(words.get(1), Integer.parseInt(words.get(2)))
                : storefront(words);
        System.out.println(READY + port);
    }

    private static int backend(String name, int port) throws IOException {
        Backend backend = Backend.start(name, port);
        backend.warmUp();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> backend.stop(1), "stop"));
        return backend.port();
    }

    private static int storefront(List<String> words) throws IOException {
        CallStats stats = new CallStats();
        BookClient books =
                words.get(1).equals("mesh") ? new MeshBookClient(Path.of(words.get(2)), stats) : plain(words, stats);
        Storefront storefront = Storefront.start(books, stats);
        storefront.warmUp();
        Runtime.getRuntime().addShutdownHook(new Thread(storefront::stop, "stop"));
        return storefront.port();
    }

    private static BookClient plain(List<String> words, CallStats stats) {
        List<Target> targets =
                words.subList(3, words.size()).stream().map(Target::parse).toList();
        return new RoundRobinBookClient(targets, Duration.parse(words.get(2)), stats, Ticker.system());
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
