package io.tulle.http;

import io.tulle.client.Mesh;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.testing.sockets.SocketDriver;
import io.tulle.testing.sockets.Wire;
import io.tulle.testing.wire.WireServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The OkHttp driver, real but for the clients of its endpoints, in which something is wrong. */
record WrongOkHttp(WireBug bug) implements SocketDriver {
    private static final OkHttpSockets STYLE = OkHttpSockets.EXECUTE;

    @Override
    public String title() {
        return STYLE.title() + " " + bug;
    }

    @Override
    public @Nullable Wire wire(WireServer.Speaks protocol) {
        return STYLE.wire(protocol);
    }

    @Override
    public Duration patience() {
        return bug == WireBug.NONE ? STYLE.patience() : Duration.ofSeconds(3);
    }

    @Override
    public Client connect(Mesh mesh, Wire wire) {
        OkHttpClient client = OkHttpSockets.client(wire);
        Map<Endpoint, OkHttpClient> clients = new ConcurrentHashMap<>();
        EndpointCalls calls = (endpoint, request, facts) -> {
            okhttp3.Call call =
                    clients.computeIfAbsent(endpoint, to -> derive(client, to)).newCall(request);
            call.addEventListener(facts);
            return call;
        };
        mesh.onClose(() -> clients.values().forEach(one -> one.connectionPool().evictAll()));
        return STYLE.client(new MeshCallFactory(mesh.engine(), mesh.runtime(), client, calls), client);
    }

    private OkHttpClient derive(OkHttpClient client, Endpoint endpoint) {
        OkHttpClient.Builder wrong = client.newBuilder()
                .dns(host -> client.dns().lookup(endpoint.host()))
                .socketFactory(new PinnedSockets(endpoint.port()))
                .retryOnConnectionFailure(false)
                .connectionPool(new okhttp3.ConnectionPool());
        bug.plant(wrong);
        return wrong.build();
    }
}
