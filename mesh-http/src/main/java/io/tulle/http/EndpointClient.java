package io.tulle.http;

import io.tulle.api.time.Ticker;
import java.time.Duration;
import okhttp3.Connection;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The client of one endpoint, until its connections cannot be trusted any more. A peer that is gone without a word (no FIN, no RST) leaves an HTTP/2 connection that takes
 * requests for ever: OkHttp asks for a sign of life when its own read timeout passes, but attempts end by the machine's. So a connection is silent when an attempt on it was
 * given up without a head and none of its attempts has had one in the second since that was sent. One that times out because it is slow, among others that are answered, is
 * no sign. Thread-safe.
 */
final class EndpointClient {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

    private final OkHttpClient client;
    private volatile @Nullable Silence silence;

    /** Nothing has been heard from {@code connection} since the attempt that was sent at {@code since}. */
    private record Silence(Connection connection, long since) {}

    EndpointClient(OkHttpClient client) {
        this.client = client;
    }

    OkHttpClient client() {
        return client;
    }

    /** An attempt has had a head. */
    void answered(Connection by) {
        Silence known = silence;
        if (known != null && known.connection.equals(by)) {
            silence = null;
        }
    }

    /** An attempt that was sent at {@code since} was given up without a head. */
    void unanswered(Connection by, long since) {
        if (silence == null && by.protocol() != Protocol.HTTP_1_1) { // which is closed by giving up
            silence = new Silence(by, since);
        }
    }

    /** Returns whether a connection has been silent for too long: what is sent next should have another. */
    boolean silent(Ticker ticker) {
        Silence known = silence;
        return known != null && ticker.nanos() - known.since >= PATIENCE_NANOS;
    }
}
