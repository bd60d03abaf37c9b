package io.tulle.http;

import io.tulle.api.call.MeshHeaders;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.Stage;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.core.call.Attempt;
import io.tulle.core.snapshot.Endpoint;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on the wire: its OkHttp call, the facts that OkHttp's events tell about it, its head, and its end, which it reports exactly once. Its
 * events come from the thread that sends, those about connecting also from others.
 */
final class WireAttempt extends EventListener implements ResponseHead, Runnable {
    private static final int SHORT_BODY = 8192; // one segment of Okio
    private static final VarHandle OVER;

    static {
        try {
            OVER = MethodHandles.lookup().findVarHandle(WireAttempt.class, "over", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Attempt attempt;

    private final CallRun run;
    private final Endpoint endpoint;
    private volatile @Nullable Call call;
    private volatile boolean cancelled;
    private volatile boolean committed;
    private volatile boolean over;
    private volatile @Nullable Stage cutBy;

    private volatile boolean connected; // a connection was made for this attempt
    private volatile boolean handshaking;
    private boolean headersSent;
    private @Nullable Response response;
    private @Nullable IOException failure;
    private long bytes; // also read by a thread that cancels: a fact for listeners, not worth a fence

    WireAttempt(CallRun run, Attempt attempt, Endpoint endpoint) {
        this.run = run;
        this.attempt = attempt;
        this.endpoint = endpoint;
    }

    // ---- the caller's thread ----

    /** Sends and waits for the head; false when the attempt was cancelled before. */
    boolean send(EndpointCalls calls) throws IOException {
        if (!run.head.replayable()) {
            throw new IllegalStateException("attempt " + attempt.number() + " would send a one-shot body again");
        }
        Call made = calls.newCall(endpoint, run.request(attempt), this);
        if (run.listener != null) {
            made.addEventListener(run.listener);
        }
        call = made;
        if (cancelled) {
            return false;
        }
        try {
            response = made.execute();
            return true;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Returns whether the machine has said what is to become of the response. */
    boolean decided() {
        return committed || cancelled;
    }

    /** Closes and ends this attempt unless it was committed. */
    void leave() {
        if (committed) {
            return;
        }
        Response abandoned = response;
        try {
            if (abandoned != null) {
                abandoned.close(); // an unread rest that comes at once leaves the connection usable
            }
        } finally {
            response = null;
            IOException thrown = failure;
            Call made = call;
            if (thrown == null || made != null && made.isCanceled()) {
                end(TransportError.CANCELLED, abandoned != null ? Processed.YES : sentAnything());
            } else {
                TransportError error = TransportErrors.of(thrown, headersSent, handshaking);
                end(error, error == TransportError.REFUSED ? Processed.NO : sentAnything());
            }
        }
    }

    /**
     * Returns the committed response, with a body that reports this attempt's end. A short body of known length normally came together with its head: it is
     * read here, which ends the attempt without anything to watch.
     */
    Response handOver() {
        Response head = response;
        if (head == null) {
            throw new IllegalStateException("attempt " + attempt.number() + " was committed without a response");
        }
        response = null; // the leak detector must not find the application's response through a timer
        long length = head.body().contentLength();
        if (length == 0 || head.code() == 101 || length > 0 && length <= SHORT_BODY && arrives(head, length)) {
            bytes = Math.max(0, length);
            end(null, Processed.YES);
            return head;
        }
        return head.newBuilder().body(new AttemptBody(head.body(), this)).build();
    }

    private boolean arrives(Response head, long length) {
        try {
            return head.body().source().request(length);
        } catch (IOException e) {
            failure = e; // the application meets it where it reads: after what has arrived, reading fails again
            return false;
        }
    }

    private Processed sentAnything() {
        return headersSent ? Processed.MAYBE : Processed.NO;
    }

    // ---- the thread that drains ----

    void commit() {
        committed = true;
    }

    /** Cancels; before the head the caller's thread then ends the attempt, after COMMIT nobody else would. */
    void cancel(@Nullable Stage by) {
        cutBy = by;
        cancelled = true;
        Call made = call;
        if (made != null && (committed || attempt.status() == 0)) {
            made.cancel();
        }
        if (committed) {
            end(TransportError.CANCELLED, Processed.YES);
        }
    }

    /** Returns whether the end was reported. */
    boolean over() {
        return over;
    }

    // ---- the body's thread ----

    void bodyRead(long count) {
        bytes += count;
    }

    void bodyDone() {
        end(null, Processed.YES);
    }

    /** Ends the attempt and returns what to throw instead of {@code e}; {@code gaveUp} tells that it was the reader who stopped. */
    IOException bodyFailed(IOException e, boolean gaveUp) {
        Call made = call;
        boolean wasCancelled = gaveUp || made != null && made.isCanceled();
        end(wasCancelled ? TransportError.CANCELLED : TransportErrors.of(e, true, false), Processed.YES);
        if (cutBy == Stage.DEADLINE) {
            String message = endpoint + ": the deadline has passed while the body was read, after " + bytes + " bytes";
            return MeshIOException.of(message, Verdict.DEADLINE_EXCEEDED, Stage.DEADLINE, e);
        }
        return e;
    }

    /** The response was abandoned by the application: runs on the cleaner's thread, or does nothing. */
    @Override
    public void run() {
        Call made = call;
        if (end(TransportError.LEAKED, Processed.YES) && made != null) {
            made.cancel();
        }
    }

    private boolean end(@Nullable TransportError error, Processed processed) {
        if (!OVER.compareAndSet(this, false, true)) {
            return false;
        }
        run.ended(attempt, new Outcome(error, processed, bytes, !connected));
        return true;
    }

    // ---- head ----

    @Override
    public int status() {
        Response head = response;
        return head == null ? 0 : head.code();
    }

    @Override
    public long pushBackNanos() {
        Response head = response;
        return head == null
                ? -1
                : MeshHeaders.NEVER.equals(head.header(MeshHeaders.RETRY)) ? Long.MAX_VALUE : RetryAfter.nanos(head);
    }

    @Override
    public boolean refused() {
        Response head = response;
        return head != null && head.header(MeshHeaders.REFUSED) != null;
    }

    // ---- facts ----

    @Override
    public void connectStart(Call of, InetSocketAddress address, Proxy proxy) {
        connected = true;
    }

    @Override
    public void secureConnectStart(Call of) {
        handshaking = true;
    }

    @Override
    public void secureConnectEnd(Call of, @Nullable Handshake handshake) {
        handshaking = false;
    }

    @Override
    public void requestHeadersStart(Call of) {
        headersSent = true;
    }

    @Override
    public void requestBodyStart(Call of) {
        run.head.touchBody();
    }
}
