package io.tulle.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import javax.net.ServerSocketFactory;

/**
 * Server sockets whose connections the kernel takes at once and the server only when it is let: until then a client waits for its handshake. It stands open
 * at first. Counts what the server has taken.
 */
final class HeldDoor extends ServerSocketFactory {
    private static final int BACKLOG = 500;
    private static final int OPEN = Integer.MAX_VALUE / 2;

    private final Semaphore passes = new Semaphore(OPEN);
    private final List<Socket> passed = new CopyOnWriteArrayList<>();

    void shut() {
        passes.drainPermits();
    }

    void open() {
        passes.release(OPEN - passes.availablePermits());
    }

    /** Returns how many connections the server has taken. */
    int passed() {
        return passed.size();
    }

    /** Closes what the server has taken, without a word. */
    void throwOut() throws IOException {
        for (Socket each : passed) {
            each.close();
        }
    }

    private final class Door extends ServerSocket {
        Door() throws IOException {}

        Door(int port, InetAddress address) throws IOException {
            super(port, BACKLOG, address);
        }

        @Override
        public void bind(SocketAddress address, int backlog) throws IOException {
            super.bind(address, BACKLOG);
        }

        @Override
        public Socket accept() throws IOException {
            Socket socket = super.accept();
            passes.acquireUninterruptibly();
            passed.add(socket);
            return socket;
        }
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Door();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return new Door(port, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return new Door(port, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return new Door(port, address);
    }
}
