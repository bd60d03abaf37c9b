package io.tulle.http;

import io.tulle.api.call.Processed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The facts that OkHttp's events tell about an attempt. They come from the thread that sends, those about connecting also from others. */
abstract class WireFacts extends EventListener {
    private final HttpRequestHead head;
    private volatile boolean connected; // a connection was made for this attempt
    private volatile boolean handshaking;
    private volatile boolean headersSent; // also read by a thread that ends an attempt that another has sent
    private volatile boolean writing; // the application its request's body
    private @Nullable EndpointClient client; // written before the call is sent

    // The thread that sends, then whoever has the response.
    private @Nullable Contact awaited; // until there is a connection
    private @Nullable Pulse pulse; // of a connection that attempts share
    private int headsBefore; // that it had brought when this attempt had it
    private long acquiredNanos; // when that was; the beginning when it was not looked at

    WireFacts(HttpRequestHead head) {
        this.head = head;
    }

    /** Returns when the attempt was begun, on the machine's clock. */
    abstract long sentNanos();

    /** Returns the machine's clock. */
    abstract long now();

    /** Returns whether the machine has given the attempt up because its time, or the call's, was over. */
    abstract boolean timedOut();

    /** Says whose connections the attempt has. */
    final void sentBy(EndpointClient by) {
        client = by;
    }

    final boolean connectionReused() {
        return !connected;
    }

    /** Returns how long it was until a new connection was there; 0 when it was not needed. */
    public final long connectNanos() {
        return connected ? acquiredNanos - sentNanos() : 0;
    }

    /** A connection is made for several attempts, of which this is one. */
    final void awaits(Contact contact) {
        connected = true;
        awaited = contact;
    }

    /** It is there, or this attempt makes its own. */
    final void awaitsNothing() {
        awaited = null;
    }

    /** Returns the connection that this attempt has waited for to its end, or null. */
    final @Nullable Contact awaited() {
        return awaited;
    }

    /** That has failed, in the TLS handshake or before. */
    final void failedConnecting(boolean inHandshake) {
        handshaking = inHandshake;
    }

    final boolean handshaking() {
        return handshaking;
    }

    /** Returns whether the request has begun to leave. */
    final boolean headersSent() {
        return headersSent;
    }

    /** Returns whether the application was writing its request's body, and no connection has failed under it. */
    final boolean writing() {
        return writing;
    }

    /** Returns whether the connection has not brought a head to anybody; not that of an HTTP/1.1 connection that was there before. */
    final boolean unheard() {
        Pulse shared = pulse;
        return shared == null ? !connectionReused() : shared.heads() == 0;
    }

    /** The connection was lost before it has brought a head. */
    final void lost() {
        EndpointClient by = client;
        if (by != null && pulse == null && connectionReused()) {
            by.lostOne();
        }
    }

    final Processed sentAnything() {
        return headersSent ? Processed.MAYBE : Processed.NO;
    }

    /** OkHttp's pool has no connection for this attempt. */
    @Override
    public final void proxySelectStart(Call of, HttpUrl url) {
        EndpointClient by = client;
        if (by != null) {
            by.missing(this, of, url);
        }
    }

    @Override
    public final void canceled(Call of) {
        EndpointClient by = client;
        if (by != null) {
            by.cancelled(of);
        }
    }

    @Override
    public final void connectStart(Call of, InetSocketAddress address, Proxy proxy) {
        connected = true;
    }

    @Override
    public final void secureConnectStart(Call of) {
        handshaking = true;
    }

    @Override
    public final void secureConnectEnd(Call of, @Nullable Handshake handshake) {
        handshaking = false;
    }

    @Override
    public final void connectionAcquired(Call of, Connection connection) {
        EndpointClient by = client;
        Pulse shared = by == null ? null : by.pulse(connection);
        pulse = shared;
        headsBefore = shared == null ? 0 : shared.heads();
        acquiredNanos = connected || shared != null ? now() : sentNanos();
    }

    @Override
    public final void requestHeadersStart(Call of) {
        headersSent = true;
    }

    @Override
    public final void requestBodyStart(Call of) {
        head.touchBody();
        writing = !head.duplex();
    }

    @Override
    public final void requestBodyEnd(Call of, long byteCount) {
        writing = false;
    }

    /** Told of what the connection does, not of what the body's own source does. */
    @Override
    public final void requestFailed(Call of, IOException e) {
        writing = false;
    }

    @Override
    public final void responseHeadersEnd(Call of, Response response) {
        Pulse shared = pulse;
        if (shared != null) {
            shared.beat();
        }
    }

    @Override
    public final void connectionReleased(Call of, Connection connection) {
        EndpointClient by = client;
        Pulse shared = pulse;
        if (by != null && shared != null && headersSent && timedOut()) {
            by.unanswered(shared, headsBefore, acquiredNanos);
        }
    }
}
