package io.tulle.http;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.client.FirstUse;
import io.tulle.client.MeshRuntime;
import io.tulle.core.call.MeshEngine;
import java.time.Duration;
import okhttp3.CookieJar;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** What all mesh calls of one factory share. Immutable. */
final class Wiring {
    final MeshEngine engine;
    final MeshRuntime runtime;
    final EndpointCalls calls;
    final @Nullable FirstUse firstUse;
    final CookieJar cookies;
    final FollowUps followUps;
    final long callTimeoutNanos;

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
        followUps = new FollowUps(client.followRedirects(), client.followSslRedirects(), client.authenticator());
        callTimeoutNanos = Duration.ofMillis(client.callTimeoutMillis()).toNanos();
        OkHttpClient.Builder plain = client.newBuilder().followRedirects(false).followSslRedirects(false);
        plain.interceptors().clear();
        outside = plain.build();
    }

    /** Returns what the caller wants: tagged options first, then the call's timeout (0: none). */
    static MeshCallOptions options(Request request, long timeoutNanos) {
        MeshCallOptions tagged = request.tag(MeshCallOptions.class);
        MeshCallOptions options = tagged == null ? MeshCallOptions.DEFAULT : tagged;
        return options.deadline() == null && timeoutNanos > 0
                ? options.withDeadline(Duration.ofNanos(timeoutNanos))
                : options;
    }
}
