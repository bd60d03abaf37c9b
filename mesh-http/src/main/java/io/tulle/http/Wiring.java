package io.tulle.http;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.client.FirstUse;
import io.tulle.client.MeshRuntime;
import io.tulle.core.call.MeshEngine;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.reflect.KClass;
import okhttp3.CookieJar;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** What all mesh calls of one factory share. Thread-safe. */
final class Wiring {
    private static final KClass<MeshCallOptions> OPTIONS = JvmClassMappingKt.getKotlinClass(MeshCallOptions.class);

    final MeshEngine engine;
    final MeshRuntime runtime;
    final EndpointCalls calls;
    final @Nullable FirstUse firstUse;
    final CookieJar cookies;
    final boolean keepsCookies;
    final FollowUps followUps;
    final long callTimeoutNanos;

    /** What is asked for, as endpoints that speak mutual TLS are asked for it. */
    final HttpsUrls httpsUrls = new HttpsUrls();

    /** The application's dispatcher's: runs attempts and callbacks of enqueued calls. */
    final ExecutorService executor;

    final Entrance entrance;

    /** For follow-ups that leave the mesh: each further one is ours to route, and interceptors have run. */
    final OkHttpClient outside;

    Wiring(
            MeshEngine engine,
            MeshRuntime runtime,
            EndpointCalls calls,
            OkHttpClient client,
            @Nullable FirstUse firstUse) {
        this.firstUse = firstUse;
        this.engine = engine;
        this.runtime = runtime;
        this.calls = calls;
        cookies = client.cookieJar();
        keepsCookies = !cookies.equals(CookieJar.NO_COOKIES);
        executor = client.dispatcher().executorService();
        entrance = new Entrance(client.dispatcher()::getMaxRequests);
        followUps = new FollowUps(client.followRedirects(), client.followSslRedirects(), client.authenticator());
        callTimeoutNanos = Duration.ofMillis(client.callTimeoutMillis()).toNanos();
        OkHttpClient.Builder plain = client.newBuilder().followRedirects(false).followSslRedirects(false);
        plain.interceptors().clear();
        outside = plain.build();
    }

    /** Runs {@code task} on the application's executor; on the common pool when that takes no task (full, shut down): somebody must be told. */
    void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            ForkJoinPool.commonPool().execute(task);
        }
    }

    /** Returns {@code asked} if that is what the response to {@code sent} has to show instead: what was sent may have cookies, or another URL. Otherwise null. */
    @SuppressWarnings("ReferenceEquality") // whether it shows that very one already
    @Nullable
    Request shown(Request asked, Request sent) {
        boolean other = keepsCookies || sent.isHttps() != asked.isHttps();
        return other && sent != asked ? asked : null;
    }

    /** Returns how long a call that was made at {@code madeNanos} may take by its own {@code timeout}, in nanoseconds: what of it ends first; 0 for no end. */
    long timeoutNanos(Timeout timeout, long madeNanos) {
        long own = timeout.timeoutNanos() > 0 ? timeout.timeoutNanos() : callTimeoutNanos;
        if (!timeout.hasDeadline()) {
            return own;
        }
        long left = Math.max(1, timeout.deadlineNanoTime() - madeNanos); // both are the machine's nanoTime
        return own > 0 ? Math.min(own, left) : left;
    }

    /** Returns what the caller wants: tagged options first, then the call's timeout (0: none). */
    static MeshCallOptions options(Request request, long timeoutNanos) {
        MeshCallOptions tagged = request.tag(OPTIONS);
        MeshCallOptions options = tagged == null ? MeshCallOptions.DEFAULT : tagged;
        return options.deadline() == null && timeoutNanos > 0
                ? options.withDeadline(Duration.ofNanos(timeoutNanos))
                : options;
    }
}
