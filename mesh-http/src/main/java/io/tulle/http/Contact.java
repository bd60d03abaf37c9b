package io.tulle.http;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The making of one connection that several attempts wait for: a call of OkHttp's that ends when it has its connection, before a request has left. An HTTP/2
 * connection then stays in the endpoint's pool; OkHttp closes one of HTTP/1.1. It is made by the rules of the endpoint's client and bounded by its connect
 * timeout, as a whole by ten times that (10 s when there is none); what the application has set to see calls (interceptors, event listeners) does not see it.
 * {@link #connect} and {@link #tell} belong to one thread, the rest to any.
 */
final class Contact extends EventListener implements Interceptor {
    private static final Logger LOG = LoggerFactory.getLogger(Contact.class);
    private static final int CONNECT_TIMEOUTS = 10; // each step of a handshake has one
    private static final long MOST_MILLIS = 10_000; // where the client has none: others wait
    private static final long FAILURE_NANOS = Duration.ofSeconds(1).toNanos();

    private final CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();
    private final Call call;
    private final AtomicLong countsAt;
    private volatile boolean handshaking;
    private volatile boolean closed;
    private @Nullable Connection connection;
    private @Nullable IOException failure;

    /** {@code to} is the endpoint's address for OkHttp, as {@code client} knows it. */
    Contact(OkHttpClient client, HttpUrl to, long now) {
        countsAt = new AtomicLong(now);
        OkHttpClient.Builder own = client.newBuilder()
                .eventListener(this)
                .callTimeout(Duration.ofMillis(wholeMillis(client.connectTimeoutMillis())));
        own.interceptors().clear();
        own.networkInterceptors().clear();
        own.addNetworkInterceptor(this);
        call = own.build().newCall(new Request.Builder().url(to).build());
    }

    /** Returns how long it may take in all. */
    static long wholeMillis(int connectTimeoutMillis) {
        return connectTimeoutMillis == 0
                ? MOST_MILLIS
                : Math.min(Integer.MAX_VALUE, (long) CONNECT_TIMEOUTS * connectTimeoutMillis);
    }

    /** Connects, which blocks. */
    void connect() {
        try {
            call.execute().close();
        } catch (IOException e) {
            failure = connection == null ? e : null; // else our own
        } catch (RuntimeException e) {
            // The application's Dns, or trust: who waits connects by himself, and meets it where he can tell it.
            LOG.debug("a connection for several attempts could not be begun", e);
        }
    }

    /** Has everybody who waits go on, or fail. Without a connection that is shared, nor a failure, each goes on to connect by himself. */
    void tell() {
        IOException why = failure;
        Connection there = connection;
        if (why != null && !closed) {
            result.completeExceptionally(why);
        } else if (there != null && !unshared()) {
            result.complete(List.of(there.route().socketAddress().getAddress()));
        } else {
            result.complete(List.of());
        }
    }

    /** Returns whether the endpoint has been connected to, and does not speak HTTP/2. */
    boolean unshared() {
        return connection != null && connection.protocol() == Protocol.HTTP_1_1;
    }

    /** Gives the connection up; who waits for it connects by himself. */
    void close() {
        closed = true;
        call.cancel();
    }

    /**
     * Returns a future for one who waits: of where the connection leads, of nothing when he has to connect by himself, or of why there is none. He may
     * cancel it.
     */
    CompletableFuture<List<InetAddress>> awaited() {
        return result.copy();
    }

    /**
     * Returns whether the failure of an attempt that has waited for it is to be held against the endpoint: it is one trouble, however many meet it. So the first
     * one is, and while it lasts another each second.
     */
    boolean counts(long now) {
        long at = countsAt.get();
        return now - at >= 0 && countsAt.compareAndSet(at, now + FAILURE_NANOS);
    }

    /** Returns whether it is in the TLS handshake, or has failed there. */
    boolean handshaking() {
        return handshaking;
    }

    // ---- what OkHttp tells, on the thread that connects ----

    @Override
    public Response intercept(Chain chain) throws IOException {
        connection = chain.connection();
        throw new IOException("connected");
    }

    @Override
    public void secureConnectStart(Call of) {
        handshaking = true;
    }

    @Override
    public void secureConnectEnd(Call of, @Nullable Handshake handshake) {
        handshaking = false;
    }
}
