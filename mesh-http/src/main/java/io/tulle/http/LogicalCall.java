package io.tulle.http;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.context.CallContext;
import io.tulle.api.resource.Protocol;
import io.tulle.api.time.Instants;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A call with its follow-ups: redirects and authentication challenges are answered here, above the machine, each by a new request through routing. How
 * a request is sent is for {@link BlockingCall} and {@link EnqueuedCall}. Used by one thread at a time; {@link #cancel} by any.
 */
abstract class LogicalCall implements Cancellable {
    private static final int MOST_FOLLOW_UPS = 20; // as OkHttp and browsers

    final Wiring wiring;
    final @Nullable EventListener listener;
    final CallContext context;
    private final MeshCallOptions options;
    private long started;
    private Request request;
    private boolean waited;
    private boolean inMesh;
    private int followUps;
    private @Nullable Response prior;
    private volatile boolean cancelled;
    private volatile @Nullable Cancellable current;

    /** {@code timeoutNanos} is the call's timeout, 0 for none. */
    LogicalCall(Wiring wiring, @Nullable EventListener listener, Request request, long timeoutNanos) {
        this.wiring = wiring;
        this.listener = listener;
        this.request = request;
        context = wiring.engine.context();
        options = Wiring.options(request, timeoutNanos);
        started = options.deadline() == null ? 0 : wiring.runtime.ticker().nanos();
    }

    @Override
    public final void cancel() {
        cancelled = true;
        Cancellable waitedFor = current;
        if (waitedFor != null) {
            waitedFor.cancel();
        }
    }

    /** The application has made the call at {@code nanos}, and then its interceptors have run: its deadline counts from there. */
    final void madeAt(long nanos) {
        started = nanos;
        waited();
    }

    /** Says what the call is about to wait for; if it is cancelled already, so is that. */
    final void waitsFor(Cancellable next) {
        current = next;
        if (cancelled) {
            next.cancel();
        }
    }

    final void checkCancelled() throws IOException {
        if (cancelled) {
            throw new IOException("Canceled");
        }
    }

    final boolean cancelled() {
        return cancelled;
    }

    /** Returns what is to be sent now. */
    final Request request() {
        return request;
    }

    /** Returns the request as it goes to a service of the mesh: with cookies. */
    final HttpRequestHead outgoing(MeshSnapshot snapshot, @Nullable ServiceSnapshot service) throws IOException {
        if (service != null && service.protocol() != Protocol.HTTP) {
            throw new ProtocolException(service.name() + ": protocol "
                    + service.protocol().name().toLowerCase(Locale.ROOT)
                    + " (expected: http; grpc services are called through mesh-grpc)");
        }
        wiring.calls.inForce(snapshot);
        inMesh = true;
        return new HttpRequestHead(wiring.keepsCookies ? Cookies.load(wiring.cookies, request) : request);
    }

    /** Returns what the caller wants. */
    final MeshCallOptions options() {
        return options;
    }

    /** Returns the context that bounds what is sent now: what was waited before counts as well. */
    final CallContext bounds() {
        return waited && options.deadline() != null ? context.until(deadlineAt()) : context;
    }

    /** Returns a call of the request to a host that is not in the mesh. */
    final Call outside() {
        Call call = wiring.outside.newCall(request);
        Duration deadline = options.deadline();
        long until = deadline == null ? Instants.NEVER : Instants.after(started, deadline);
        if (until != Instants.NEVER) {
            long left = until - wiring.runtime.ticker().nanos();
            call.timeout().timeout(Math.max(1, left), TimeUnit.NANOSECONDS);
        }
        return call;
    }

    /**
     * Makes of the response to the request that was sent the call's answer. Asks the application (cookie jar, authenticator).
     *
     * @return the answer; or null: the response was closed, and {@link #request} is another that is to be sent
     */
    final @Nullable Response answer(Response arrived) throws IOException {
        Response response = inMesh ? received(arrived) : arrived;
        if (prior != null) {
            response = response.newBuilder().priorResponse(prior).build();
        }
        Request next = followUp(response);
        if (next == null) {
            return response;
        }
        response.close();
        followUps++;
        if (followUps > MOST_FOLLOW_UPS) {
            throw new ProtocolException(
                    "Too many follow-up requests: " + followUps + " (expected: at most " + MOST_FOLLOW_UPS + ")");
        }
        prior = response;
        request = next;
        inMesh = false;
        waited();
        return null;
    }

    /** Time has passed that counts against the deadline. */
    final void waited() {
        waited = true;
    }

    /** Returns how long the caller can still wait, in nanoseconds, at most {@code most}. */
    final long patienceNanos(long most) {
        long until = deadlineAt();
        return until == Instants.NEVER
                ? most
                : Math.min(most, until - wiring.runtime.ticker().nanos());
    }

    /** Returns when the caller's own deadline is, or that of the call it is made for; {@link Instants#NEVER} when there is none. A route's timeout is the machine's. */
    final long deadlineAt() {
        Duration deadline = options.deadline();
        long given = context.deadlineNanos();
        return deadline == null ? given : Instants.earlier(Instants.after(started, deadline), given);
    }

    /** Asks the application, which may throw: nobody else would then close the response. */
    private @Nullable Request followUp(Response response) throws IOException {
        try {
            return wiring.followUps.next(request, response);
        } catch (IOException | RuntimeException | Error e) {
            close(response, e);
            throw e;
        }
    }

    /** Returns what has arrived as a response to what was asked for. */
    private Response received(Response arrived) {
        if (wiring.keepsCookies) {
            saveCookies(arrived);
        }
        Request shown = wiring.shown(request, arrived.request());
        return shown == null ? arrived : arrived.newBuilder().request(shown).build();
    }

    private void saveCookies(Response response) {
        try {
            Cookies.save(wiring.cookies, request, response);
        } catch (RuntimeException | Error e) {
            close(response, e);
            throw e;
        }
    }

    private static void close(Response response, Throwable because) {
        try {
            response.close();
        } catch (RuntimeException e) {
            because.addSuppressed(e);
        }
    }
}
