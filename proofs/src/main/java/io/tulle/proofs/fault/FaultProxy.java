package io.tulle.proofs.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on loopback whose {@link Fault} can be changed at any time, for connections that are open and for new ones. Thread-safe. Its port stays the same
 * while it is {@link #down}.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS = 1_000;

    private final InetSocketAddress target;
    private final int port;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private volatile Fault fault = Fault.NONE;
    private volatile @Nullable ServerSocket listener;

    private FaultProxy(InetSocketAddress target, ServerSocket first) {
        this.target = target;
        port = first.getLocalPort();
        listen(first);
    }

    /** Starts a proxy for a server on loopback. */
    public static FaultProxy to(int targetPort) {
        try {
            return new FaultProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort), bind(0));
        } catch (IOException e) {
            throw new UncheckedIOException("the fault proxy cannot listen: " + e.getMessage(), e);
        }
    }

    /** Returns where clients connect. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Puts a fault in force. */
    public void fault(Fault newFault) {
        fault = newFault;
    }

    /** Returns how many connections were ever accepted. */
    public long accepted() {
        return accepted.get();
    }

    /** Refuses connections and resets those that are open. */
    public void down() {
        ServerSocket open = listener;
        listener = null;
        close(open);
        cut();
    }

    /** Takes connections again after {@link #down}. */
    public void up() {
        if (listener == null) {
            try {
                listen(bind(port));
            } catch (IOException e) {
                throw new UncheckedIOException("the fault proxy cannot listen on " + port + ": " + e.getMessage(), e);
            }
        }
    }

    /** Resets every open connection. */
    public void cut() {
        connections.forEach(ProxiedConnection::reset);
    }

    @Override
    public void close() {
        down();
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private void listen(ServerSocket socket) {
        listener = socket;
        ProxiedConnection.daemon("tulle-fault-accept", () -> accept(socket));
    }

    private void accept(ServerSocket socket) {
        try {
            while (!socket.isClosed()) {
                Socket client = socket.accept();
                accepted.incrementAndGet();
                connect(socket, client);
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException("the fault proxy stopped listening: " + e.getMessage(), e);
            }
        }
    }

    private void connect(ServerSocket socket, Socket client) throws IOException {
        Socket server = new Socket();
        try {
            server.connect(target, CONNECT_MILLIS);
        } catch (IOException e) { // the server is down: so is the proxy, for this client
            client.setSoLinger(true, 0);
            client.close();
            server.close();
            return;
        }
        ProxiedConnection connection = new ProxiedConnection(client, server, () -> fault, connections::remove);
        connections.add(connection);
        if (socket.isClosed()) { // by a down() that may have cut before this one was there to be cut
            connection.reset();
        } else {
            connection.start();
        }
    }

    private static void close(@Nullable ServerSocket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
