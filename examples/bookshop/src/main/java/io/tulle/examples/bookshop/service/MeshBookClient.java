package io.tulle.examples.bookshop.service;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.tulle.client.Mesh;
import io.tulle.client.tls.MeshIdentity;
import io.tulle.client.tls.TlsFiles;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.grpc.MeshChannels;
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
    private final ManagedChannel ratings;

    /**
     * Creates a client that follows a registry, and starts without it when it has to.
     *
     * @param tls the folder with its certificate, key and authorities
     * @param state where it keeps what it knows of the mesh, for the next process of this service
     */
    public MeshBookClient(URI registry, Path state, Path tls, CallStats stats) {
        mesh = Mesh.builder()
                .service("shop/storefront")
                .registry(registry)
                .stateDir(state)
                .tls(TlsFiles.in(tls))
                .uses("catalog", "reviews", "ratings")
                .listener(stats)
                .build();
        http = MeshCalls.of(mesh, new OkHttpClient());
        ratings = MeshChannels.builder(mesh, "ratings").build();
    }

    @Override
    public String book(String service, String book) throws IOException {
        return service.equals("ratings") ? rating(book) : page(service, book);
    }

    private String rating(String book) throws IOException {
        try {
            return ClientCalls.blockingUnaryCall(ratings, Ratings.RATING, CallOptions.DEFAULT, book);
        } catch (StatusRuntimeException e) {
            throw new IOException("ratings: " + e.getStatus(), e);
        }
    }

    private String page(String service, String book) throws IOException {
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
    public long certificateEnds() {
        MeshIdentity identity = mesh.identity();
        return identity == null ? 0 : identity.expires().getEpochSecond();
    }

    @Override
    public void close() {
        ratings.shutdownNow();
        mesh.close();
    }
}
