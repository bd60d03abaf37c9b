package io.tulle.testing.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/** A connection that a {@link WireServer} has accepted. Written and read by its own thread; ended by any. */
final class WireConnection {
    private final Socket socket;
    private final int number;
    private final InputStream in;
    private final int cutAfter;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile int written;
    private volatile int headEnd;

    /** {@code cutAfter} is how many bytes are written before the connection is reset; negative means that it never is. */
    WireConnection(Socket socket, int number, int cutAfter) throws IOException {
        this.socket = socket;
        this.number = number;
        this.cutAfter = cutAfter;
        in = new BufferedInputStream(socket.getInputStream());
        socket.setTcpNoDelay(true);
        if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
            socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true); // a client with Nagle's algorithm waits for it
        }
    }

    int number() {
        return number;
    }

    int written() {
        return written;
    }

    int headEnd() {
        return headEnd;
    }

    void expectHeadEnd(int ahead) {
        headEnd = written + ahead;
    }

    InputStream in() {
        return in;
    }

    void write(byte[] bytes) throws IOException {
        int allowed = cutAfter < 0 ? bytes.length : Math.min(bytes.length, cutAfter - written);
        socket.getOutputStream().write(bytes, 0, allowed);
        int sofar = written + allowed;
        written = sofar;
        if (sofar == cutAfter) {
            reset();
            throw new SocketException("cut after " + written + " bytes");
        }
    }

    void pause(Duration time) throws IOException {
        try {
            if (over.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SocketException("the connection is over");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        close();
    }

    void close() throws IOException {
        over.countDown();
        socket.close();
    }
}
