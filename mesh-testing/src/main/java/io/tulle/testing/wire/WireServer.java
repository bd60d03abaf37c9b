package io.tulle.testing.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that reads requests properly and answers them by script: the n-th request that arrives, on whichever connection, gets the n-th answer,
 * and the last answer repeats. Thread-safe. Each connection has a thread of its own.
 */
public final class WireServer implements AutoCloseable {
    /** What the server speaks. */
    public enum Speaks {
        /** HTTP/1.1. */
        HTTP1,
        /** HTTP/2 without TLS and without an upgrade (prior knowledge). */
        HTTP2
    }

    private final Speaks speaks;
    private final ServerSocket listener;
    private final Set<WireConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<RuntimeException> mistakes = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();

    private volatile @Nullable WireConnection newest;

    // Under the lock.
    private List<WireScript> answers = List.of(WireScript.SILENCE);
    private int next;
    private int requests;
    private int resets;
    private int cutAfter = -1;

    private WireServer(Speaks speaks) {
        this.speaks = speaks;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("the server cannot listen: " + e.getMessage(), e);
        }
        daemon("wire-accept", this::accept);
    }

    /** Starts a server that is silent until {@link #answers} says otherwise. */
    public static WireServer start(Speaks speaks) {
        return new WireServer(speaks);
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Answers the next requests by {@code scripts}, in this order, the last of them for all that follow; counts {@link #requests} from here. */
    public WireServer answers(WireScript... scripts) {
        lock.lock();
        try {
            answers = List.of(scripts);
            next = 0;
            requests = 0;
            resets = 0;
        } finally {
            lock.unlock();
        }
        return this;
    }

    /** Resets the next connection after {@code bytes} bytes were written to it; those that follow are left alone. */
    public WireServer cutNextAfter(int bytes) {
        lock.lock();
        try {
            cutAfter = bytes;
        } finally {
            lock.unlock();
        }
        return this;
    }

    /** Returns how many requests have arrived completely since {@link #answers} was called. */
    public int requests() {
        lock.lock();
        try {
            return requests;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many HTTP/2 streams the client has reset since {@link #answers} was called. */
    public int resets() {
        lock.lock();
        try {
            return resets;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many connections were ever accepted. */
    public int connections() {
        return connections.get();
    }

    /** Returns how many bytes were written to the newest connection. */
    public int written() {
        return newest().written();
    }

    /** Returns after how many bytes of the newest connection the head of its last response was complete. */
    public int headEnd() {
        return newest().headEnd();
    }

    private WireConnection newest() {
        WireConnection last = newest;
        if (last == null) {
            throw new IllegalStateException("no connection was made (expected: at least one)");
        }
        return last;
    }

    /**
     * Waits until no more than {@code most} connections are open.
     *
     * @return how many are, then or when the time is up
     */
    public int awaitOpen(int most, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (open.size() > most && left > 0) {
                left = fewer.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        return open.size();
    }

    /** Ends every connection in order and goes on listening. */
    public void hangUp() {
        open.forEach(WireServer::close);
    }

    /**
     * Stops listening and ends every connection.
     *
     * @throws IllegalStateException if a script threw anything but an IOException
     */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hangUp();
        if (!mistakes.isEmpty()) {
            throw new IllegalStateException("a script failed", mistakes.get(0));
        }
    }

    /** A request has arrived: returns what to do about it. */
    WireScript arrived() {
        lock.lock();
        try {
            requests++;
            return answers.get(Math.min(next++, answers.size() - 1));
        } finally {
            lock.unlock();
        }
    }

    /** The client has reset a stream. */
    void streamReset() {
        lock.lock();
        try {
            resets++;
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            Socket socket;
            try {
                socket = listener.accept();
            } catch (IOException e) { // closed, or a client that was gone before it was accepted
                continue;
            }
            begin(socket);
        }
    }

    private void begin(Socket socket) {
        try {
            WireConnection connection = new WireConnection(socket, connections.incrementAndGet(), takeCut());
            newest = connection;
            open.add(connection);
            daemon("wire-" + connection.number(), () -> serve(connection));
        } catch (IOException e) { // gone already
            mistakes.addAll(closing(socket, e));
        }
    }

    private static List<RuntimeException> closing(Socket socket, IOException because) {
        List<RuntimeException> mistakes = new ArrayList<>();
        try {
            socket.close();
        } catch (IOException e) {
            because.addSuppressed(e);
            mistakes.add(new UncheckedIOException(because));
        }
        return mistakes;
    }

    private int takeCut() {
        lock.lock();
        try {
            int cut = cutAfter;
            cutAfter = -1;
            return cut;
        } finally {
            lock.unlock();
        }
    }

    private void serve(WireConnection connection) {
        try {
            switch (speaks) {
                case HTTP1 -> Http1Session.serve(this, connection);
                case HTTP2 -> Http2Session.serve(this, connection);
            }
        } catch (IOException e) {
            close(connection); // the client is gone, or the script has ended the connection
        } catch (RuntimeException e) {
            mistakes.add(e);
        } finally {
            over(connection);
        }
    }

    private void over(WireConnection connection) {
        close(connection);
        lock.lock();
        try {
            open.remove(connection);
            fewer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void close(@Nullable WireConnection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
