package io.tulle.http;

import io.tulle.api.context.CallContext;
import io.tulle.api.time.Instants;
import io.tulle.client.FirstUse;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that is answered by a callback. It goes from wait to wait (for a service that is not known yet, for its turn, for a response), each of which ends
 * once and leads to one next step, so the callback is told once; by a thread of the application's executor, with the context of the caller.
 */
final class EnqueuedCall extends LogicalCall {
    private static final Logger LOG = LoggerFactory.getLogger(EnqueuedCall.class);

    private final Call call;
    private final Callback callback;
    private boolean begun;

    /** {@code call} is what the application holds. */
    EnqueuedCall(Wiring wiring, @Nullable EventListener listener, Call call, long timeoutNanos, Callback callback) {
        super(wiring, listener, call.request(), timeoutNanos);
        this.call = call;
        this.callback = callback;
        waited(); // from now on it may
    }

    /** Begins on the thread of the caller, which a cookie jar must not hold up. */
    void start() {
        if (wiring.keepsCookies) {
            wiring.execute(this::send);
        } else {
            send();
        }
    }

    // ---- one step after the other ----

    private void send() {
        String host = request().url().host();
        MeshSnapshot snapshot = wiring.engine.snapshot();
        ServiceSnapshot service = snapshot.byHost(host);
        if (service == null && !snapshot.claims(host)) {
            sendOutside();
        } else if (service == null && wiring.firstUse != null) {
            awaitService(host, wiring.firstUse);
        } else {
            awaitTurn();
        }
    }

    private void awaitService(String host, FirstUse firstUse) {
        Turn known = new Turn(() -> wiring.execute(this::awaitTurn), this::refuseCancelled);
        waitsFor(known);
        firstUse.whenKnown(host, patienceNanos(FirstUse.PATIENCE.toNanos()), snapshot -> known.run());
    }

    /** The first request waits at the entrance; a follow-up has the thread of the one that it follows. */
    private void awaitTurn() {
        if (begun) {
            run();
            return;
        }
        begun = true;
        Turn turn = new Turn(this::run, this::refuseCancelled);
        waitsFor(turn);
        wiring.entrance.enter(turn);
        long deadline = deadlineAt();
        if (deadline != Instants.NEVER) {
            turn.until(
                    wiring.runtime.scheduler(),
                    deadline,
                    () -> wiring.execute(this::run)); // to be refused, and booked, like any other
        }
    }

    private void run() {
        EnqueuedRun run;
        try {
            MeshSnapshot snapshot = wiring.engine.snapshot();
            ServiceSnapshot service = snapshot.byHost(request().url().host());
            run = new EnqueuedRun(this, outgoing(snapshot, service), service);
            waitsFor(run);
            checkCancelled(); // a run that has not begun tells nothing
        } catch (IOException e) {
            refuse(e);
            return;
        } catch (RuntimeException | Error e) { // of the cookie jar
            refuse(dueTo(e));
            return;
        }
        run.begin();
    }

    private void sendOutside() {
        Call outside = outside();
        waitsFor(outside::cancel);
        outside.enqueue(new Callback() {
            @Override
            public void onResponse(Call of, Response response) {
                answered(response);
            }

            @Override
            public void onFailure(Call of, IOException e) {
                failed(e);
            }
        });
    }

    private void refuseCancelled() {
        refuse(new IOException("Canceled"));
    }

    private void refuse(IOException e) {
        wiring.execute(() -> failed(e));
    }

    private static IOException dueTo(Throwable e) {
        return new IOException("canceled due to " + e, e);
    }

    // ---- threads that may run the application's code ----

    /** A response has come, to the request that was sent last. */
    void answered(Response response) {
        CallContext.Scope scope = context.makeCurrent();
        try {
            use(response);
        } finally {
            scope.close();
        }
    }

    private void use(Response response) {
        Response answer;
        try {
            answer = answer(response);
        } catch (IOException e) {
            callback.onFailure(call, e);
            return;
        } catch (RuntimeException | Error e) { // of cookie jar or authenticator
            callback.onFailure(call, dueTo(e));
            throw e;
        }
        if (answer == null) {
            send();
        } else {
            tell(answer);
        }
    }

    /** What the callback throws is handled as OkHttp does it. */
    private void tell(Response answer) {
        try {
            callback.onResponse(call, answer);
        } catch (IOException e) {
            LOG.info("callback failure for call to {}", call.request().url().redact(), e);
        } catch (RuntimeException | Error e) {
            cancel();
            throw e;
        }
    }

    /** There is one that nobody can have, because the application's own code threw. */
    void broken(Throwable e) {
        failed(dueTo(e));
    }

    /** There is none and will be none. */
    void failed(IOException e) {
        CallContext.Scope scope = context.makeCurrent();
        try {
            callback.onFailure(call, e);
        } finally {
            scope.close();
        }
    }
}
