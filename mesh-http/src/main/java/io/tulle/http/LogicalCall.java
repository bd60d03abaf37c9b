package io.tulle.http;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Stage;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.resource.Protocol;
import io.tulle.client.FirstUse;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.CookieJar;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A call with its follow-ups: redirects and authentication challenges are answered here, above the machine, each by a new call through routing. Used by
 * one thread; {@link #cancel} by any.
 */
final class LogicalCall {
    private static final int MOST_FOLLOW_UPS = 20; // as OkHttp and browsers

    private final Wiring wiring;
    private final @Nullable EventListener listener;
    private final CallContext context;
    private volatile boolean cancelled;
    private volatile @Nullable CallRun run;
    private volatile @Nullable Call outside;
    private volatile @Nullable Thread first; // while it waits for a service that is not known yet

    LogicalCall(Wiring wiring, @Nullable EventListener listener) {
        this.wiring = wiring;
        this.listener = listener;
        context = wiring.engine.context();
    }

    Response execute(Request request, long timeoutNanos) throws IOException {
        MeshCallOptions options = Wiring.options(request, timeoutNanos);
        long started = options.deadline() == null ? 0 : wiring.runtime.ticker().nanos();
        Response response = send(request, options);
        Request next = followUp(response);
        return next == null ? response : follow(response, next, options, started);
    }

    void cancel() {
        cancelled = true;
        CallRun current = run;
        if (current != null) {
            current.cancel();
        }
        Thread waiting = first;
        if (waiting != null) {
            wiring.runtime.parker().unpark(waiting);
        }
        Call other = outside;
        if (other != null) {
            other.cancel();
        }
    }

    private Response follow(Response first, Request second, MeshCallOptions options, long started) throws IOException {
        Response prior = first;
        Request next = second;
        for (int count = 1; ; count++) {
            prior.close();
            if (count > MOST_FOLLOW_UPS) {
                throw new ProtocolException(
                        "Too many follow-up requests: " + count + " (expected: at most " + MOST_FOLLOW_UPS + ")");
            }
            Response response = send(next, remaining(options, started, next));
            response = response.newBuilder().priorResponse(prior).build();
            Request another = followUp(response);
            if (another == null) {
                return response;
            }
            prior = response;
            next = another;
        }
    }

    /** Asks the application, which may throw: nobody else would then close the response. */
    private @Nullable Request followUp(Response response) throws IOException {
        try {
            return wiring.followUps.next(response);
        } catch (IOException | RuntimeException | Error e) {
            close(response, e);
            throw e;
        }
    }

    private void saveCookies(Request request, Response response) {
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

    private MeshCallOptions remaining(MeshCallOptions options, long started, Request next) throws IOException {
        Duration deadline = options.deadline();
        if (deadline == null) {
            return options;
        }
        Duration left = deadline.minusNanos(wiring.runtime.ticker().nanos() - started);
        if (left.isNegative() || left.isZero()) {
            throw MeshIOException.of(
                    next.url().host() + ": the deadline has passed before anything was sent",
                    Verdict.DEADLINE_EXCEEDED,
                    Stage.DEADLINE,
                    null);
        }
        return options.withDeadline(left);
    }

    private Response send(Request request, MeshCallOptions options) throws IOException {
        String host = request.url().host();
        MeshSnapshot snapshot = wiring.engine.snapshot();
        ServiceSnapshot service = snapshot.byHost(host);
        if (service == null && !snapshot.claims(host)) {
            return sendOutside(request, options);
        }
        if (service == null && wiring.firstUse != null) {
            return sendFirst(request, host, wiring.firstUse, options);
        }
        return send(request, options, snapshot, host, service);
    }

    /** The first call to a service that is not known yet waits for it; what it has waited is taken from its deadline. */
    private Response sendFirst(Request request, String host, FirstUse firstUse, MeshCallOptions options)
            throws IOException {
        Duration deadline = options.deadline();
        long started = wiring.runtime.ticker().nanos();
        MeshSnapshot snapshot = awaitService(host, firstUse, deadline == null ? FirstUse.PATIENCE : deadline);
        MeshCallOptions left = deadline == null ? options : remaining(options, started, request);
        return send(request, left, snapshot, host, snapshot.byHost(host));
    }

    private MeshSnapshot awaitService(String host, FirstUse firstUse, Duration most) throws IOException {
        first = Thread.currentThread();
        try {
            MeshSnapshot snapshot = firstUse.await(host, most.toNanos(), () -> cancelled);
            if (cancelled) {
                throw new IOException("Canceled");
            }
            return snapshot;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            first = null;
        }
    }

    private Response send(
            Request request,
            MeshCallOptions options,
            MeshSnapshot snapshot,
            String host,
            @Nullable ServiceSnapshot service)
            throws IOException {
        if (service != null && service.protocol() != Protocol.HTTP) {
            throw new ProtocolException(service.name() + ": protocol "
                    + service.protocol().name().toLowerCase(Locale.ROOT)
                    + " (expected: http; grpc services are called through mesh-grpc)");
        }
        wiring.calls.inForce(snapshot);
        if (wiring.cookies.equals(CookieJar.NO_COOKIES)) {
            return run(request, host, service, options);
        }
        Response response = run(Cookies.load(wiring.cookies, request), host, service, options);
        saveCookies(request, response);
        return response.newBuilder().request(request).build();
    }

    private Response run(Request request, String host, @Nullable ServiceSnapshot service, MeshCallOptions options)
            throws IOException {
        CallRun current = new CallRun(wiring, listener, request, host, service, options, context);
        run = current;
        if (cancelled) {
            throw new IOException("Canceled");
        }
        return current.execute();
    }

    private Response sendOutside(Request request, MeshCallOptions options) throws IOException {
        Call call = wiring.outside.newCall(request);
        Duration deadline = options.deadline();
        if (deadline != null) {
            call.timeout().timeout(deadline.toNanos(), TimeUnit.NANOSECONDS);
        }
        outside = call;
        if (cancelled) {
            call.cancel();
        }
        return call.execute();
    }
}
