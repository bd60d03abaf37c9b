package io.tulle.registry;

import io.tulle.client.MeshRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A short life of a registry that uses what every registry uses, so that the JVM can record the classes for its archive. Ends the process with 1 when it takes
 * longer than 20 s.
 */
final class Training {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int MOST_OF_AN_ANSWER = 64 * 1024;
    private static final String SERVICE =
            "{\"kind\":\"Service\",\"metadata\":{\"namespace\":\"shop\",\"name\":\"catalog\"},\"spec\":{}}";
    private static final List<String> REQUESTS = List.of(
            "GET /api/v1/health/ready",
            "PUT /api/v1/namespaces/shop/services/catalog " + SERVICE,
            "GET /api/v1/services",
            "POST /api/v1/sessions {\"service\":\"shop/catalog\",\"process\":\"p\",\"subscriptions\":[\"shop/catalog\"]}",
            "GET /api/v1/watch?service=shop/catalog",
            "GET /api/v1/clients",
            "GET /metrics",
            "GET /nowhere");

    private Training() {}

    static void run() {
        MeshRuntime runtime = MeshRuntime.system();
        runtime.scheduler()
                .schedule(
                        runtime.ticker().nanos() + LONGEST.toNanos(),
                        () -> Runtime.getRuntime().halt(1));
        try {
            Path data = Files.createTempDirectory("tulle-training");
            try {
                live(data);
            } finally {
                delete(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            runtime.close();
        }
    }

    private static void live(Path data) throws IOException {
        try (RegistryServer server =
                RegistryServer.start(RegistryOptions.DEFAULT.withPort(0).withData(data))) {
            for (String request : REQUESTS) {
                String[] parts = request.split(" ", 3);
                send(server.uri(), parts[0] + " " + parts[1], parts.length > 2 ? parts[2] : "");
            }
        }
    }

    private static void send(URI registry, String methodAndPath, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName(registry.getHost()), registry.getPort())) {
            String head =
                    " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ";
            String request = methodAndPath + head + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().read(new byte[MOST_OF_AN_ANSWER])
                    < 0) { // not to its end, which a stream does not have
                throw new IOException(methodAndPath + " was not answered");
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
