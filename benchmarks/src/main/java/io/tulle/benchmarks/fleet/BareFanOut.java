package io.tulle.benchmarks.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The floor of propagation: a line of the size of a change, written to one socket after another and read by a thread each. */
final class BareFanOut implements PropagationRun.Watchers {
    private static final byte[] LINE =
            ("{\"type\":\"change\"" + " ".repeat(600) + "}\n").getBytes(StandardCharsets.US_ASCII);

    private final List<Socket> servers = new ArrayList<>();
    private final List<Socket> clients = new ArrayList<>();
    private volatile Arrivals arrivals = new Arrivals(0);

    private BareFanOut() {}

    static BareFanOut connect(int many) throws IOException {
        BareFanOut fanOut = new BareFanOut();
        try (ServerSocket listener = new ServerSocket(0, many, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < many; i++) {
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                fanOut.clients.add(client);
                Socket server = listener.accept();
                server.setTcpNoDelay(true);
                fanOut.servers.add(server);
                fanOut.read(i, client.getInputStream());
            }
        }
        return fanOut;
    }

    @Override
    public long[] change(Duration patience) {
        Arrivals expected = new Arrivals(servers.size());
        arrivals = expected;
        long start = System.nanoTime();
        try {
            for (Socket server : servers) {
                server.getOutputStream().write(LINE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return expected.await(start, patience);
    }

    @Override
    public void close() {
        try {
            for (Socket socket : servers) {
                socket.close();
            }
            for (Socket socket : clients) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(int who, InputStream in) {
        Thread reader = new Thread(() -> lines(who, in), "bare-reader-" + who);
        reader.setDaemon(true);
        reader.start();
    }

    private void lines(int who, InputStream in) {
        try {
            while (in.readNBytes(LINE.length).length == LINE.length) {
                arrivals.arrived(who, System.nanoTime());
            }
        } catch (IOException e) { // closed: the run is over
            if (!clients.get(who).isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
