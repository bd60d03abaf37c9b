package io.tulle.http;

import io.tulle.api.call.Processed;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import org.jspecify.annotations.Nullable;

/** The facts that OkHttp's events tell about an attempt. They come from the thread that sends, those about connecting also from others. */
abstract class WireFacts extends EventListener {
    private final HttpRequestHead head;
    private volatile boolean connected; // a connection was made for this attempt
    private volatile boolean handshaking;
    private volatile boolean headersSent; // also read by a thread that ends an attempt that another has sent

    WireFacts(HttpRequestHead head) {
        this.head = head;
    }

    final boolean connectionReused() {
        return !connected;
    }

    final boolean handshaking() {
        return handshaking;
    }

    /** Returns whether the request has begun to leave. */
    final boolean headersSent() {
        return headersSent;
    }

    final Processed sentAnything() {
        return headersSent ? Processed.MAYBE : Processed.NO;
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
    public final void requestHeadersStart(Call of) {
        headersSent = true;
    }

    @Override
    public final void requestBodyStart(Call of) {
        head.touchBody();
    }
}
