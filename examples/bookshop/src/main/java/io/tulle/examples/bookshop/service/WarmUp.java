package io.tulle.examples.bookshop.service;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;

/** Calls a process makes to itself before it says that it is ready, so that its first visitors do not wait for class loading. */
final class WarmUp {
    private static final int TIMEOUT_MILLIS = 10_000;

    private WarmUp() {}

    /**
     * Asks for {@code path} on a port of this machine, again and again.
     *
     * @throws IOException if the port does not answer, or if no answer is a good one
     */
    static void call(int port, String path, int times) throws IOException {
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        URL url = URI.create("http://" + host + ":" + port + path).toURL();
        int good = 0;
        for (int i = 0; i < times; i++) {
            good += ask(url) ? 1 : 0;
        }
        if (good == 0) {
            throw new IOException(url + ": none of " + times + " answers was good");
        }
    }

    private static boolean ask(URL url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        boolean good = connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream body = good ? connection.getInputStream() : connection.getErrorStream()) {
            if (body != null) {
                body.readAllBytes();
            }
        }
        return good;
    }
}
