package io.tulle.http;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Verdict;
import io.tulle.api.resource.TlsMode;
import io.tulle.client.CallAlarm;
import io.tulle.client.MeshRuntime;
import io.tulle.core.call.Attempt;
import io.tulle.core.call.CallLoop;
import io.tulle.core.call.CallMachine;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.Reachable;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.io.IOException;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The driver: executes the commands of one {@link CallMachine}, of which any number of attempts may be out. Who sends an attempt and who is told the result
 * is for the two kinds of it, {@link BlockingRun} and {@link EnqueuedRun}.
 *
 * <p>The thread that drains only notes things in fields and starts what cannot block. What may block or is the application's (closing a response, a
 * callback) is left to a thread that carries an attempt, if it is that which drains, or to the executor: {@link #tidy}.
 */
abstract class CallRun extends CallAlarm implements CallLoop.Driver, Cancellable {
    final HttpRequestHead head;

    /** What the application asks for: not the call, which may know the application's response, and a timer knows this. */
    final Request asked;

    final Wiring wiring;
    final CallLoop loop;
    private final @Nullable EventListener listener;

    // Written by the thread that drains, read by others.
    private volatile @Nullable WireAttempt newest;
    private volatile @Nullable WireAttempt committed;
    private volatile boolean done;

    private volatile boolean started;
    private volatile boolean cancelled;
    private volatile @Nullable IOException cause; // what the last attempt that failed has thrown

    /** The dispatcher's thread that tidies up when it has told its event: it need not be left to the executor then. */
    private volatile @Nullable Thread willing;

    /** {@code service} is what the host's name means; null when it is not known. */
    CallRun(LogicalCall call, HttpRequestHead head, @Nullable ServiceSnapshot service) {
        wiring = call.wiring;
        listener = call.listener;
        asked = call.request();
        this.head = head;
        CallMachine machine = wiring.engine.newCall(head.host(), service, head, call.options(), call.bounds());
        loop = new CallLoop(machine, this, wiring.runtime.ticker());
    }

    /** Starts the call. */
    final void begin() {
        loop.start();
        started = true;
        if (cancelled) {
            loop.cancel();
        }
    }

    @Override
    public final void cancel() {
        cancelled = true;
        if (started) {
            loop.cancel(); // before that, the starting thread sees the flag
        }
    }

    // ---- what the kinds differ in; in the drain ----

    /** Sees that {@code wire} is sent. */
    abstract void send(WireAttempt wire);

    /** Something has changed that somebody may wait for. */
    abstract void changed();

    // ---- what both know ----

    final @Nullable EventListener listener() {
        return listener;
    }

    final @Nullable WireAttempt committed() {
        return committed;
    }

    final boolean done() {
        return done;
    }

    final void failedBy(IOException e) {
        cause = TransportErrors.cause(e);
    }

    final @Nullable IOException cause() {
        return cause;
    }

    /** Returns whether the application has shut the executor down. */
    final boolean shutDown() {
        return wiring.executor.isShutdown();
    }

    /** Returns the request that goes onto the wire. */
    final Request request(Attempt attempt, Endpoint endpoint) {
        HttpUrl url = head.request.url();
        HttpUrl to = endpoint.tls() == TlsMode.MUTUAL ? wiring.httpsUrls.of(url) : url;
        AttemptRequest wire = new AttemptRequest(head.request, to);
        loop.machine().writeHeaders(attempt, wire, wiring.runtime.ticker().nanos());
        return wire.request();
    }

    /** Returns why there is no response, after COMPLETE. */
    final IOException failure() {
        CallMachine machine = loop.machine();
        Verdict verdict = machine.verdict();
        return MeshIOException.of(
                machine.message(), verdict == null ? Verdict.FAILED : verdict, machine.rejectedBy(), cause);
    }

    // ---- commands: the thread that drains ----

    @Override
    public final void dispatch(Attempt attempt) {
        Endpoint endpoint = attempt.pick(Reachable.ALL, wiring.runtime.ticker().nanos());
        if (endpoint == null) {
            loop.end(attempt, Outcome.NOT_SENT);
            return;
        }
        WireAttempt wire = new WireAttempt(this, attempt, endpoint, newest);
        newest = wire;
        send(wire);
    }

    @Override
    public final void cancel(Attempt attempt) {
        WireAttempt wire = find(attempt);
        if (wire != null) {
            wire.cancel(loop.machine().rejectedBy());
            if (wire.abandoned()) {
                leaveToOthers();
            }
            changed();
        }
    }

    @Override
    public final void commit(Attempt attempt) {
        WireAttempt wire = find(attempt);
        if (wire != null) {
            wire.commit();
            committed = wire;
            changed();
        }
    }

    @Override
    public final void complete() {
        done = true;
        disarm();
        changed();
    }

    @Override
    public final void await(long wakeAtNanos) {
        wakeAt(wakeAtNanos);
        if (needsTimer()) {
            arm();
        } else {
            changed();
        }
    }

    private @Nullable WireAttempt find(Attempt attempt) {
        WireAttempt wire = newest;
        while (wire != null && wire.attempt != attempt) {
            wire = wire.former;
        }
        return wire;
    }

    /** An attempt's end; any thread. */
    final void ended(Attempt attempt, Outcome outcome) {
        loop.end(attempt, outcome);
    }

    // ---- the timer ----

    @Override
    protected final MeshRuntime runtime() {
        return wiring.runtime;
    }

    @Override
    protected final void ring() {
        loop.timer();
    }

    // ---- attempts that OkHttp's dispatcher carries ----

    /** Gives {@code wire} to the dispatcher; in the drain. Returns whether a thread of it will come back. */
    final boolean enqueue(WireAttempt wire) {
        try {
            wire.enqueue(wiring.calls);
            return true;
        } catch (RuntimeException | Error e) { // of the application: a listener, a header's source
            failedBy(new IOException("canceled due to " + e, e));
            loop.cancel();
            wire.leave();
            return false;
        }
    }

    /** {@code wire} has its head; the dispatcher's thread. */
    void arrived(WireAttempt wire) {
        willing = Thread.currentThread();
        try {
            loop.head(wire.attempt, wire);
        } finally {
            willing = null;
        }
        tidy();
    }

    /** {@code wire} has failed; the dispatcher's thread, or in the drain when the executor takes nothing. */
    void failed(WireAttempt wire, IOException e) {
        failedBy(e);
        willing = Thread.currentThread();
        try {
            wire.leave();
        } finally {
            willing = null;
        }
        tidy();
    }

    /** Leaves what there is to tidy up to a thread that may block; in the drain. */
    @SuppressWarnings("ReferenceEquality") // a thread is who it is
    final void leaveToOthers() {
        if (Thread.currentThread() != willing) {
            wiring.execute(this::tidy);
        }
    }

    /** Closes responses that nobody wants. Idempotent; never in the drain. */
    void tidy() {
        for (WireAttempt wire = newest; wire != null; wire = wire.former) {
            if (wire.abandoned()) {
                wire.leave();
            }
        }
    }
}
