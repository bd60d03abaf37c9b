package io.tulle.benchmarks.macro;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two HAProxy processes of one thread each: the client's, which balances, and the backends', which end the mutual TLS between the two. Connections are
 * kept and shared.
 */
final class Sidecars implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String DEFAULTS = """
            global
              nbthread 1
              maxconn 2000
            defaults
              mode http
              timeout connect 5s
              timeout client 60s
              timeout server 60s
              http-reuse always
              no log
              retries 2
            """;

    private final List<Child> processes = new ArrayList<>();
    private final int port;

    private Sidecars(int port) {
        this.port = port;
    }

    /** Starts both between a free port and the backends' plain ones. */
    static Sidecars start(Path folder, List<Integer> http) throws IOException {
        List<Integer> ports = freePorts(http.size() + 1);
        Sidecars sidecars = new Sidecars(ports.get(0));
        List<Integer> inner = ports.subList(1, ports.size());
        try {
            sidecars.run(folder, "backends-sidecar", ofBackends(folder, inner, http));
            sidecars.run(folder, "client-sidecar", ofClient(folder, ports.get(0), inner));
            for (int each : ports) {
                sidecars.awaitOpen(each);
            }
            return sidecars;
        } catch (IOException | IllegalStateException e) {
            sidecars.close();
            throw e;
        }
    }

    private static String ofBackends(Path folder, List<Integer> ports, List<Integer> http) {
        StringBuilder text = new StringBuilder(DEFAULTS);
        for (int i = 0; i < ports.size(); i++) {
            text.append("""
                    frontend in%1$d
                      bind 127.0.0.1:%2$d %4$s verify required ssl-min-ver TLSv1.3
                      default_backend out%1$d
                    backend out%1$d
                      server backend 127.0.0.1:%3$d
                    """.formatted(i, ports.get(i), http.get(i), tls(folder, Certificates.BACKEND)));
        }
        return text.toString();
    }

    private static String ofClient(Path folder, int port, List<Integer> sidecars) {
        StringBuilder text = new StringBuilder(DEFAULTS)
                .append("frontend in\n  bind 127.0.0.1:")
                .append(port)
                .append("\n  default_backend out\nbackend out\n  balance leastconn\n");
        for (int sidecar : sidecars) {
            text.append("  server s%1$d 127.0.0.1:%1$d %2$s verify required ssl-min-ver TLSv1.3\n"
                    .formatted(sidecar, tls(folder, Certificates.CALLER)));
        }
        return text.toString();
    }

    private static String tls(Path folder, String who) {
        Path files = folder.resolve(who);
        return "ssl crt " + files.resolve(Certificates.BOTH) + " ca-file " + files.resolve(Certificates.AUTHORITIES);
    }

    private void run(Path folder, String name, String settings) throws IOException {
        Path file = folder.resolve(name + ".cfg");
        Files.writeString(file, settings);
        Child process = Child.start(name, folder, List.of("haproxy", "-db", "-f", file.toString()));
        // It does not notice the end of whoever has started it.
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, "end-" + name));
        processes.add(process);
    }

    private void awaitOpen(int port) throws IOException {
        long end = System.nanoTime() + PATIENCE;
        while (!open(port)) {
            for (Child process : processes) {
                process.checkAlive();
            }
            if (System.nanoTime() > end) {
                throw new IOException("haproxy does not listen at port " + port);
            }
            Pace.await(System.nanoTime() + STEP);
        }
    }

    private static boolean open(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) { // not yet
            return false;
        }
    }

    private static List<Integer> freePorts(int many) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
            return ports;
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Returns where the client's sidecar listens. */
    int port() {
        return port;
    }

    List<Long> pids() {
        return processes.stream().map(Child::pid).toList();
    }

    @Override
    public void close() {
        processes.forEach(Child::close);
    }
}
