package io.tulle.benchmarks.macro;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What a client must know of a run: where the backends listen, on loopback, and whose processor time is counted.
 *
 * @param folder the run's own
 * @param http ports of the backends' plain HTTP/1.1
 * @param https ports of their HTTP/1.1 by mutual TLS; empty when there are no certificates
 * @param grpc ports of their gRPC without TLS
 * @param sidecar port of the client's sidecar; 0 when there is none
 * @param xds port of the xDS control plane; 0 when there is none
 * @param backends process ids of the backends
 * @param sidecars process ids of the sidecars
 */
record Site(
        Path folder,
        List<Integer> http,
        List<Integer> https,
        List<Integer> grpc,
        int sidecar,
        int xds,
        List<Long> backends,
        List<Long> sidecars) {
    private static final String FILE = "site.properties";

    /** Writes it into its folder. */
    void write() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("http", text(http));
        properties.setProperty("https", text(https));
        properties.setProperty("grpc", text(grpc));
        properties.setProperty("sidecar", String.valueOf(sidecar));
        properties.setProperty("xds", String.valueOf(xds));
        properties.setProperty("backends", text(backends));
        properties.setProperty("sidecars", text(sidecars));
        try (Writer file = Files.newBufferedWriter(folder.resolve(FILE))) {
            properties.store(file, null);
        }
    }

    /** Reads what {@link #write} has written into {@code folder}. */
    static Site read(Path folder) throws IOException {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(folder.resolve(FILE))) {
            properties.load(file);
        }
        return new Site(
                folder,
                ports(properties, "http"),
                ports(properties, "https"),
                ports(properties, "grpc"),
                Integer.parseInt(properties.getProperty("sidecar")),
                Integer.parseInt(properties.getProperty("xds")),
                numbers(properties, "backends"),
                numbers(properties, "sidecars"));
    }

    private static String text(List<? extends Number> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static List<Integer> ports(Properties properties, String name) {
        return numbers(properties, name).stream().map(Long::intValue).toList();
    }

    private static List<Long> numbers(Properties properties, String name) {
        return Arrays.stream(properties.getProperty(name).split(" "))
                .filter(number -> !number.isEmpty())
                .map(Long::valueOf)
                .toList();
    }
}
