package io.tulle.http;

import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Connection;

/** The signs of life of one HTTP/2 connection: how many heads it has brought. Thread-safe. */
final class Pulse {
    private final Connection connection;
    private final AtomicInteger heads = new AtomicInteger();

    Pulse(Connection connection) {
        this.connection = connection;
    }

    /** An attempt has its head. */
    void beat() {
        heads.incrementAndGet();
    }

    /** Returns how many heads there were; after 2^32 it begins anew. */
    int heads() {
        return heads.get();
    }

    /** Returns whether the connection was closed: then nobody uses it any more. */
    boolean stopped() {
        return connection.socket().isClosed();
    }
}
