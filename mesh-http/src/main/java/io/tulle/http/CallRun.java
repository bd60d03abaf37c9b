package io.tulle.http;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.time.Scheduler;
import io.tulle.core.call.Attempt;
import io.tulle.core.call.CallLoop;
import io.tulle.core.call.CallMachine;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.Reachable;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.io.IOException;
import java.io.InterruptedIOException;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The blocking driver: executes the commands of one {@link CallMachine}. The caller's thread sends and waits, outside of the drain; commands are noted for
 * it in fields. The timer's thread only posts events, and a cancelled OkHttp call makes the caller's thread return.
 *
 * <p>A back-off is waited for by the caller's thread itself; a scheduled timer runs only while an attempt is out, normally one per call: when the machine's
 * wake time moves later, the timer that is armed finds that out when it fires.
 */
final class CallRun implements CallLoop.Driver, Runnable {
    final @Nullable EventListener listener;
    private final Request request;
    final HttpRequestHead head;

    private final Wiring wiring;
    private final CallLoop loop;
    private final Thread caller = Thread.currentThread();

    // Written by the thread that drains, read by the caller's.
    private volatile @Nullable WireAttempt current;
    private volatile @Nullable WireAttempt committed;
    private volatile boolean done;
    private volatile long wakeAt = CallMachine.NEVER;

    private volatile boolean started;
    private volatile boolean cancelled;
    private volatile boolean parked;
    private volatile long armedAt = CallMachine.NEVER;
    private volatile Scheduler.@Nullable Timer timer;

    // The caller's thread alone.
    private @Nullable WireAttempt sent;
    private @Nullable IOException cause;
    private boolean interrupted;

    CallRun(
            Wiring wiring,
            @Nullable EventListener listener,
            Request request,
            String host,
            @Nullable ServiceSnapshot service,
            MeshCallOptions options,
            CallContext context) {
        this.wiring = wiring;
        this.listener = listener;
        this.request = request;
        head = new HttpRequestHead(request);
        CallMachine machine = wiring.engine.newCall(host, service, head, options, context);
        loop = new CallLoop(machine, this, wiring.runtime.ticker());
    }

    /** Runs the call on the thread that made this; returns the committed response. */
    Response execute() throws IOException {
        loop.start();
        started = true;
        if (cancelled) {
            loop.cancel();
        }
        while (true) {
            WireAttempt next = current;
            if (next != null && next != sent) {
                sent = next;
                transmit(next);
            } else if (committed != null) {
                return handOver(committed);
            } else if (done) {
                throw failure();
            } else {
                awaitTurn();
            }
        }
    }

    /** Cancels the call; from any thread, at any time. */
    void cancel() {
        cancelled = true;
        if (started) {
            loop.cancel(); // before that, the starting thread sees the flag
        }
    }

    // ---- the caller's thread ----

    /** Returns the request that goes onto the wire. */
    Request request(Attempt attempt) {
        AttemptRequest wire = new AttemptRequest(request);
        loop.machine().writeHeaders(attempt, wire, wiring.runtime.ticker().nanos());
        return wire.request();
    }

    private void transmit(WireAttempt wire) {
        try {
            if (wire.send(wiring.calls)) {
                loop.head(wire.attempt, wire);
                awaitDecision(wire);
            }
        } catch (IOException e) {
            cause = TransportErrors.cause(e);
            if (caller.isInterrupted()) {
                interrupt();
            }
        } catch (RuntimeException | Error e) { // of the application: an interceptor, a listener, a request body
            loop.cancel();
            throw e;
        } finally {
            wire.leave();
        }
    }

    /** The head is normally handled by now; else another thread drains, and is about to decide. */
    private void awaitDecision(WireAttempt wire) {
        if (wire.decided()) {
            return;
        }
        parked = true;
        while (!wire.decided()) {
            park(CallMachine.NEVER);
        }
        parked = false;
    }

    private Response handOver(WireAttempt wire) {
        Response response = wire.handOver();
        if (interrupted) { // while the decision was awaited, which came first
            caller.interrupt();
        }
        return response;
    }

    private void awaitTurn() {
        WireAttempt last = sent;
        parked = true;
        if (current == last && committed == null && !done) {
            park(wakeAt);
        }
        parked = false;
        long due = wakeAt;
        if (!done
                && current == last
                && due != CallMachine.NEVER
                && wiring.runtime.ticker().nanos() - due >= 0) {
            loop.timer();
        }
    }

    private void park(long until) {
        try {
            wiring.runtime.parker().parkUntil(until);
        } catch (InterruptedException e) {
            interrupt();
        }
    }

    private void interrupt() {
        interrupted = true;
        loop.cancel();
    }

    private IOException failure() {
        if (interrupted) {
            caller.interrupt();
            IOException failure = new InterruptedIOException("interrupted");
            failure.initCause(cause);
            return failure;
        }
        CallMachine machine = loop.machine();
        Verdict verdict = machine.verdict();
        return MeshIOException.of(
                machine.message(), verdict == null ? Verdict.FAILED : verdict, machine.rejectedBy(), cause);
    }

    // ---- commands: the thread that drains ----

    @Override
    public void dispatch(Attempt attempt) {
        Endpoint endpoint = attempt.pick(Reachable.ALL, wiring.runtime.ticker().nanos());
        if (endpoint == null) {
            loop.end(attempt, Outcome.NOT_SENT);
        } else {
            current = new WireAttempt(this, attempt, endpoint);
            wakeCaller();
        }
    }

    @Override
    public void cancel(Attempt attempt) {
        WireAttempt wire = current;
        if (wire != null && wire.attempt == attempt) {
            wire.cancel(loop.machine().rejectedBy());
            wakeCaller();
        }
    }

    @Override
    public void commit(Attempt attempt) {
        WireAttempt wire = current;
        if (wire != null) {
            wire.commit();
            committed = wire;
            wakeCaller();
        }
    }

    @Override
    public void complete() {
        done = true;
        Scheduler.Timer armed = timer;
        if (armed != null) {
            armed.cancel();
        }
        wakeCaller();
    }

    @Override
    public void await(long wakeAtNanos) {
        wakeAt = wakeAtNanos;
        WireAttempt out = current;
        if (out == null || out.over()) {
            wakeCaller();
        } else if (wakeAtNanos != CallMachine.NEVER) {
            arm(wakeAtNanos);
        }
    }

    /** An attempt's end. */
    void ended(Attempt attempt, Outcome outcome) {
        loop.end(attempt, outcome);
    }

    private void wakeCaller() {
        if (parked) {
            wiring.runtime.parker().unpark(caller);
        }
    }

    // ---- the timer ----

    private void arm(long at) {
        long armed = armedAt;
        if (armed == CallMachine.NEVER || at - armed < 0) {
            Scheduler.Timer former = timer;
            armedAt = at;
            timer = wiring.runtime.scheduler().schedule(at, this);
            if (former != null) {
                former.cancel();
            }
        }
    }

    /** The timer has fired: for the present wake time, or for an earlier one that was given up. */
    @Override
    public void run() {
        armedAt = CallMachine.NEVER; // before wakeAt is read: await writes that before it reads this
        long due = wakeAt;
        WireAttempt out = current;
        if (done || due == CallMachine.NEVER || out == null || out.over()) {
            return;
        }
        if (wiring.runtime.ticker().nanos() - due >= 0) {
            loop.timer();
        } else {
            arm(due);
        }
    }
}
