package io.tulle.registry.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no client library would send, and reads the answer until the server closes. */
final class RawRequest {
    private static final int PATIENCE_MILLIS = 10_000;

    private RawRequest() {}

    /** Returns the whole answer to {@code GET path} with that path exactly. */
    static String get(int port, String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nConnection: close\r\n");
        boolean hosted = false;
        for (String header : headers) {
            request.append(header).append("\r\n");
            hosted |= header.startsWith("Host:");
        }
        return send(port, request + (hosted ? "" : "Host: localhost:" + port + "\r\n") + "\r\n");
    }

    /** Returns the whole answer to {@code text}, which should end the connection. */
    static String send(int port, String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
