package io.tulle.http;

import io.tulle.client.FirstUse;
import io.tulle.client.MeshRuntime;
import io.tulle.core.call.MeshEngine;
import io.tulle.core.snapshot.MeshSnapshot;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Tells calls into the mesh from all others. Thread-safe. */
final class MeshCallFactory implements Call.Factory {
    private final MeshEngine engine;
    private final OkHttpClient client;
    private final Wiring wiring;
    private final OkHttpClient carrier;

    MeshCallFactory(MeshEngine engine, MeshRuntime runtime, OkHttpClient client, EndpointCalls calls) {
        this(engine, runtime, client, calls, null);
    }

    /** As the other; when {@code firstUse} is given, a first call to an unknown service waits for it. */
    MeshCallFactory(
            MeshEngine engine,
            MeshRuntime runtime,
            OkHttpClient client,
            EndpointCalls calls,
            @Nullable FirstUse firstUse) {
        this.engine = engine;
        this.client = client;
        wiring = new Wiring(engine, runtime, calls, client, firstUse);
        carrier = carrier(client, wiring);
    }

    @Override
    public Call newCall(Request request) {
        String host = request.url().host();
        MeshSnapshot snapshot = engine.snapshot();
        if (snapshot.byHost(host) == null && !snapshot.claims(host)) {
            return client.newCall(request);
        }
        return new MeshCall(wiring, carrier, request, !client.interceptors().isEmpty());
    }

    /**
     * Returns a client whose calls run the application's interceptors and then, instead of OkHttp's own, the mesh. It opens no connections. Its events are
     * not told to the application: those of the attempts are.
     */
    private static OkHttpClient carrier(OkHttpClient client, Wiring wiring) {
        Dispatcher dispatcher = new Dispatcher(client.dispatcher().executorService());
        dispatcher.setMaxRequests(client.dispatcher().getMaxRequests());
        dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
        OkHttpClient.Builder carriers = client.newBuilder()
                .addInterceptor(new MeshInterceptor(wiring))
                .dispatcher(dispatcher)
                .eventListener(EventListener.NONE)
                .cache(null)
                .callTimeout(Duration.ZERO);
        carriers.interceptors().add(0, Carried.RESTORE);
        return carriers.build();
    }
}
