package io.tulle.examples.retrofit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs {@link Books} over two catalogs in this process, the first of which to be asked is out of order. */
public final class Show {
    private final AtomicInteger asked = new AtomicInteger();

    private Show() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws IOException {
        new Show().run();
    }

    private void run() throws IOException {
        HttpServer one = catalog();
        HttpServer other = catalog();
        Path folder = Files.createTempDirectory("mesh-retrofit");
        Path file = folder.resolve("catalog.yaml");
        try {
            Files.writeString(file, """
                    kind: Service
                    metadata: {namespace: shop, name: catalog}
                    ---
                    kind: Instance
                    metadata: {namespace: shop, name: catalog-1}
                    spec: {service: catalog, host: 127.0.0.1, port: %d}
                    ---
                    kind: Instance
                    metadata: {namespace: shop, name: catalog-2}
                    spec: {service: catalog, host: 127.0.0.1, port: %d}
                    """.formatted(
                            one.getAddress().getPort(), other.getAddress().getPort()));
            Books.main(new String[] {folder.toString()});
            System.out.println("the catalogs were asked " + asked + " times");
        } finally {
            one.stop(0);
            other.stop(0);
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private HttpServer catalog() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/books/", exchange -> {
            boolean broken = asked.incrementAndGet() == 1;
            byte[] book = (broken ? "out of order" : "Effective Java").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(broken ? 503 : 200, book.length);
            exchange.getResponseBody().write(book);
            exchange.close();
        });
        server.start();
        return server;
    }
}
