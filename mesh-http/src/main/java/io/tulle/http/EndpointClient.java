package io.tulle.http;

import io.tulle.api.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The client of one endpoint, until its connections cannot be trusted any more. A peer that is gone without a word (no FIN, no RST) leaves an HTTP/2
 * connection that takes requests for ever: OkHttp asks for a sign of life when its own read timeout passes, but attempts end by the machine's. So a
 * connection is silent when an attempt on it ran out of time without a head, it has brought no head to any attempt since that had it, and that is a second
 * ago. One that is slow among others that are answered is no sign; nor is one that was given up for another reason, or whose connection was closed.
 * Thread-safe; a head costs one atomic increment.
 */
final class EndpointClient {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

    private final OkHttpClient client;
    private final @Nullable FirstContact contact;
    private final Map<Connection, Pulse> pulses = new ConcurrentHashMap<>(); // of HTTP/2 connections
    private final Map<Pulse, Silence> silences = new ConcurrentHashMap<>(); // normally empty

    /** Nothing had been heard since an attempt had the connection at {@code since}, before {@code heads} + 1 heads. */
    private record Silence(Pulse of, int heads, long since) {
        boolean lasts() {
            return of.heads() == heads && !of.stopped();
        }
    }

    /** {@code contact} is the client's Dns; null when attempts cannot share connections. */
    EndpointClient(OkHttpClient client, @Nullable FirstContact contact) {
        this.client = client;
        this.contact = contact;
    }

    OkHttpClient client() {
        return client;
    }

    /** Returns the pulse of a connection that attempts share; null for HTTP/1.1, which is closed by giving up. */
    @Nullable
    Pulse pulse(Connection of) {
        if (of.protocol() == Protocol.HTTP_1_1) {
            return null;
        }
        Pulse known = pulses.get(of);
        return known != null ? known : begin(of);
    }

    private Pulse begin(Connection of) {
        if (contact != null) {
            contact.shared();
        }
        pulses.values().removeIf(Pulse::stopped);
        return pulses.computeIfAbsent(of, Pulse::new);
    }

    /** An attempt that had the connection at {@code since}, when it had brought {@code heads} heads, ran out of time without one. */
    void unanswered(Pulse of, int heads, long since) {
        Silence silence = new Silence(of, heads, since);
        if (silence.lasts()) {
            silences.merge(of, silence, (former, latter) -> former.lasts() ? former : latter);
        }
    }

    /** Returns whether a connection has been silent for too long: what is sent next should have another. */
    boolean silent(Ticker ticker) {
        if (silences.isEmpty()) {
            return false;
        }
        silences.values().removeIf(silence -> !silence.lasts());
        long now = ticker.nanos();
        return silences.values().stream().anyMatch(silence -> now - silence.since >= PATIENCE_NANOS);
    }

    /** The pool has no connection for {@code call}, which would make one to {@code url}. */
    void missing(WireFacts facts, Call call, HttpUrl url) {
        if (contact != null) {
            contact.missing(facts, client, call, url);
        }
    }

    /** A call of the client was cancelled. */
    void cancelled(Call call) {
        if (contact != null) {
            contact.cancelled(call);
        }
    }

    /**
     * A connection that had been idle turned out to be lost. Of a server that was started again all are, and each would cost an attempt: those that are idle
     * are closed.
     */
    void lostOne() {
        client.connectionPool().evictAll();
    }

    /** Closes idle connections, and gives up one that is being made. */
    void close() {
        if (contact != null) {
            contact.close();
        }
        client.connectionPool().evictAll();
    }

    /** Returns how many connections it keeps in mind: no closed ones from before the newest was made. */
    int connections() {
        return pulses.size();
    }
}
