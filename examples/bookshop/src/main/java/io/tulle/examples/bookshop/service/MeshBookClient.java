package io.tulle.examples.bookshop.service;

import io.tulle.client.Mesh;
import io.tulle.http.MeshCalls;
import java.io.IOException;
import java.nio.file.Path;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The same calls through the mesh. This is all that an application has to do. */
public final class MeshBookClient implements BookClient {
    private final Mesh mesh;
    private final Call.Factory http;

    /** Creates a client that is configured by a folder of resources and follows its changes. */
    public MeshBookClient(Path folder, CallStats stats) {
        mesh = Mesh.builder()
                .service("shop/storefront")
                .resources(folder)
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
    public void close() {
        mesh.close();
    }
}
