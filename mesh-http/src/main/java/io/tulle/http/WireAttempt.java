package io.tulle.http;

import io.tulle.api.call.MeshHeaders;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.Stage;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.time.Instants;
import io.tulle.core.call.Attempt;
import io.tulle.core.snapshot.Endpoint;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on the wire: its OkHttp call, its head, and its end, which it reports exactly once. It is sent either by a thread that waits in it ({@link
 * #send}) or by OkHttp's dispatcher ({@link #enqueue}), whose thread then brings head or failure.
 */
final class WireAttempt extends WireFacts implements ResponseHead, Callback, Runnable {
    private static final int SHORT_BODY = 8192; // one segment of Okio
    private static final VarHandle OVER;
    private static final VarHandle RESPONSE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OVER = lookup.findVarHandle(WireAttempt.class, "over", boolean.class);
            RESPONSE = lookup.findVarHandle(WireAttempt.class, "response", Response.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Attempt attempt;

    /** The one that was dispatched before this. */
    final @Nullable WireAttempt former;

    private final CallRun run;
    private final Endpoint endpoint;
    private boolean enqueued; // written before the dispatcher's thread starts, by the thread that drains
    private volatile @Nullable Call call;
    private boolean timedOut; // written before the next
    private volatile boolean cancelled;
    private volatile boolean committed;
    private volatile boolean over;
    private volatile @Nullable Stage cutBy;
    private volatile @Nullable Response response; // until somebody takes it: to hand it over, or to close it
    private @Nullable IOException failure;
    private long bytes; // also read by a thread that cancels: a fact for listeners, not worth a fence

    WireAttempt(CallRun run, Attempt attempt, Endpoint endpoint, @Nullable WireAttempt former) {
        super(run.head);
        this.run = run;
        this.attempt = attempt;
        this.endpoint = endpoint;
        this.former = former;
    }

    @Override
    long sentNanos() {
        return attempt.pickedNanos();
    }

    @Override
    long now() {
        return run.wiring.runtime.ticker().nanos();
    }

    @Override
    boolean timedOut() {
        return cancelled && timedOut;
    }

    // ---- sending ----

    /** Sends on this thread and waits for the head; false when the attempt was cancelled before. */
    boolean send(EndpointCalls calls) throws IOException {
        Call made = make(calls);
        if (cancelled) {
            return false;
        }
        try {
            response = made.execute();
            return true;
        } catch (IOException e) {
            IOException explained = calls.explained(endpoint, e);
            failure = writing() ? null : explained;
            throw explained;
        }
    }

    /** Has OkHttp's dispatcher send. */
    void enqueue(EndpointCalls calls) {
        enqueued = true;
        make(calls).enqueue(this);
    }

    private Call make(EndpointCalls calls) {
        if (!run.head.replayable()) {
            throw new IllegalStateException("attempt " + attempt.number() + " would send a one-shot body again");
        }
        Call made = calls.newCall(endpoint, run.request(attempt, endpoint), this);
        if (run.listener() != null) {
            made.addEventListener(run.listener());
        }
        call = made;
        return made;
    }

    @Override
    public void onResponse(Call of, Response arrived) {
        response = arrived;
        run.arrived(this);
    }

    @Override
    public void onFailure(Call of, IOException e) {
        IOException explained = run.wiring.calls.explained(endpoint, e);
        boolean unserved = TransportErrors.untaken(explained) || run.shutDown() && !headersSent();
        failure = unserved || writing() ? null : explained; // what fails on this side speaks against nobody
        run.failed(this, explained);
    }

    // ---- the thread that sends, or another that may block ----

    /** Returns whether the machine has said what is to become of the response. */
    boolean decided() {
        return committed || cancelled;
    }

    /** Returns whether there is a response that nobody wants and no thread waits with. */
    boolean abandoned() {
        return enqueued && cancelled && !committed && response != null;
    }

    /** Closes the response, if there is one, and ends this attempt unless it was committed. Idempotent. */
    void leave() {
        if (committed) {
            return;
        }
        Response unwanted = takeResponse();
        try {
            if (unwanted != null) {
                unwanted.close(); // an unread rest that comes at once leaves the connection usable
            }
        } finally {
            endUncommitted(unwanted != null);
        }
    }

    private void endUncommitted(boolean answered) {
        IOException thrown = failure;
        Call made = call;
        if (thrown == null || made != null && made.isCanceled()) {
            end(TransportError.CANCELLED, answered ? Processed.YES : sentAnything());
        } else {
            TransportError error = TransportErrors.of(thrown, headersSent(), handshaking());
            if (headersSent() && TransportErrors.lost(error)) {
                lost();
            }
            boolean unread = error == TransportError.REFUSED || unheard() && TransportErrors.unaccepted(thrown);
            end(error, unread ? Processed.NO : sentAnything());
        }
    }

    /**
     * Returns the committed response, with a body that reports this attempt's end. A short body of known length normally came together with its head: it is
     * read here, which ends the attempt without anything to watch.
     */
    Response handOver() {
        Response head = takeResponse(); // the leak detector must not find the application's response through a timer
        if (head == null) {
            throw new IllegalStateException("attempt " + attempt.number() + " was committed without a response");
        }
        try {
            return watched(head);
        } catch (RuntimeException | Error e) { // of the application: a listener, a body of its interceptor
            abandon(TransportError.CANCELLED);
            throw e;
        }
    }

    private Response watched(Response head) {
        long length = head.body().contentLength();
        boolean isShort =
                length > 0 && length <= SHORT_BODY && !run.head.duplex(); // else it may wait for the request's
        if (length == 0 || head.code() == 101 || isShort && arrives(head, length)) {
            bytes = Math.max(0, length);
            end(null, Processed.YES);
            return head;
        }
        Response.Builder streamed = head.newBuilder().body(new AttemptBody(head.body(), this));
        Request shown = run.wiring.shown(run.asked, head.request());
        return (shown == null ? streamed : streamed.request(shown)).build(); // in one copy, which takes 400 bytes
    }

    private @Nullable Response takeResponse() {
        return (Response) RESPONSE.getAndSet(this, null);
    }

    private boolean arrives(Response head, long length) {
        try {
            return head.body().source().request(length);
        } catch (IOException e) {
            failure = e; // the application meets it where it reads: after what has arrived, reading fails again
            return false;
        }
    }

    // ---- the thread that drains ----

    void commit() {
        committed = true;
    }

    /**
     * Cancels. It ends by whoever sends it; at once when nobody does any more: after COMMIT, or when it is {@link #abandoned}, which somebody else then
     * closes.
     */
    void cancel(@Nullable Stage by) {
        cutBy = by;
        timedOut = attempt.cancelledAs() == TransportError.TIMEOUT;
        cancelled = true;
        Call made = call;
        if (made != null && (committed || attempt.status() == 0)) {
            made.cancel();
        }
        if (committed || abandoned()) {
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
        abandon(TransportError.LEAKED);
    }

    private void abandon(TransportError as) {
        Call made = call;
        if (end(as, Processed.YES) && made != null) {
            made.cancel();
        }
    }

    private boolean end(@Nullable TransportError error, Processed processed) {
        if (!OVER.compareAndSet(this, false, true)) {
            return false;
        }
        Contact waited = awaited();
        if (waited != null && !heldFor(waited)) {
            attempt.excuse();
        }
        run.ended(attempt, new Outcome(error, processed, bytes, connectionReused()));
        return true;
    }

    /** Returns whether it is this attempt that is held for what many meet who wait for a connection. A trial always is: it has been made to know. */
    private boolean heldFor(Contact waited) {
        return attempt.trial() || attempt.blamable() && waited.counts(now());
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
                : MeshHeaders.NEVER.equals(head.header(MeshHeaders.RETRY)) ? Instants.NEVER : RetryAfter.nanos(head);
    }

    @Override
    public boolean refused() {
        Response head = response;
        return head != null && head.header(MeshHeaders.REFUSED) != null;
    }
}
