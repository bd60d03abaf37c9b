package io.tulle.examples.bookshop.service;

import io.tulle.client.Mesh;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.http.MeshCalls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The same calls through the mesh. This is all that an application has to do. */
public final class MeshBookClient implements BookClient {
    private final Mesh mesh;
    private final Call.Factory http;

    /**
     * Creates a client that follows a registry, and starts without it when it has to.
     *
     * @param state where it keeps what it knows of the mesh, for the next process of this service
     */
    public MeshBookClient(URI registry, Path state, CallStats stats) {
        mesh = Mesh.builder()
                .service("shop/storefront")
                .registry(registry)
                .stateDir(state)
                .uses("catalog", "reviews")
                .listener(stats)
                .build();
        http = MeshCalls.of(mesh, new OkHttpClient());
    }

    @Override
    public String book(String service, String book) throws IOException {
        Request request = new Request.Builder()
                .url("http://" + service + "/books/" + book)
                .build();
        try (Response response = http.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new IOException(service + ": " + response.code());
            }
            return response.body().string();
        }
    }

    @Override
    public Set<String> instances() {
        return mesh.engine().snapshot().services().stream()
                .flatMap(service -> service.endpoints().stream())
                .map(Endpoint::instanceName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        mesh.close();
    }
}
