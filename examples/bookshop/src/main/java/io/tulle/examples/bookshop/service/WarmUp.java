package io.tulle.examples.bookshop.service;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Calls a process makes to itself before it says that it is ready, so that its first visitors do not wait for class loading. */
final class WarmUp {
    private static final int TIMEOUT_MILLIS = 10_000;

    private WarmUp() {}

    /**
     * Asks for {@code path} on a port of this machine, again and again.
     *
     * @param tls how to connect; null for plain text
     * @throws IOException if the port does not answer, or if no answer is a good one
     */
    static void call(int port, String path, int times, @Nullable SSLContext tls) throws IOException {
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        URL url = URI.create((tls == null ? "http://" : "https://") + host + ":" + port + path)
                .toURL();
        SSLSocketFactory sockets = tls == null ? null : tls.getSocketFactory(); // one: connections are kept by it
        int good = 0;
        for (int i = 0; i < times; i++) {
            good += ask(url, sockets) ? 1 : 0;
        }
        if (good == 0) {
            throw new IOException(url + ": none of " + times + " answers was good");
        }
    }

    private static boolean ask(URL url, @Nullable SSLSocketFactory sockets) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        if (sockets != null && connection instanceof HttpsURLConnection secured) {
            secured.setSSLSocketFactory(sockets);
            secured.setHostnameVerifier(
                    (name, session) -> true); // the context has checked who it is, at whatever address
        }
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
