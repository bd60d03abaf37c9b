package io.tulle.benchmarks.macro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ServerSocketFactory;

/**
 * The least HTTP/1.1 server: a thread per connection, the same answer to every request, none of which has a body. It costs so little that what the
 * callers cost shows.
 */
final class HttpAnswers {
    private static final int BACKLOG = 1024;

    private final ServerSocket listener;
    private final byte[] response;

    private HttpAnswers(ServerSocket listener, byte[] response) {
        this.listener = listener;
        this.response = response;
    }

    /** Listens on a free port of loopback and returns it. Stays until the process ends. */
    static int start(ServerSocketFactory sockets, byte[] body) throws IOException {
        ServerSocket listener = sockets.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        HttpAnswers answers = new HttpAnswers(listener, response(body));
        thread("accept-" + listener.getLocalPort(), answers::accept).start();
        return listener.getLocalPort();
    }

    private static byte[] response(byte[] body) throws IOException {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        response.write(
                ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        response.write(body);
        return response.toByteArray();
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                thread("serve-" + socket.getPort(), () -> serve(socket)).start();
            } catch (IOException e) {
                System.err.println("accept: " + e);
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (Socket socket = connection) {
            socket.setTcpNoDelay(true);
            RequestHeads heads = new RequestHeads(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (heads.next()) {
                out.write(response);
            }
        } catch (IOException e) { // a client that ends resets its connections; one that is refused says so itself
            System.err.println("connection from " + connection.getPort() + ": " + e);
        }
    }

    /** Finds where a request's head ends. Confined to one thread. */
    static final class RequestHeads {
        private static final int LARGEST = 16 * 1024;

        private final InputStream in;
        private final byte[] buffer = new byte[LARGEST];
        private int start;
        private int filled;

        RequestHeads(InputStream in) {
            this.in = in;
        }

        /** Reads to the end of the next head; returns false when the connection has ended. */
        boolean next() throws IOException {
            int from = start;
            while (true) {
                int end = end(from);
                if (end >= 0) {
                    start = end;
                    return true;
                }
                from = Math.max(start, filled - 3);
                if (start == filled) {
                    start = filled = from = 0;
                }
                if (filled == buffer.length) {
                    throw new IOException("request head of more than " + LARGEST + " bytes, or many at once");
                }
                int read = in.read(buffer, filled, buffer.length - filled);
                if (read < 0) {
                    return false;
                }
                filled += read;
            }
        }

        private int end(int from) {
            for (int i = from + 3; i < filled; i++) {
                if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                    return i + 1;
                }
            }
            return -1;
        }
    }
}
