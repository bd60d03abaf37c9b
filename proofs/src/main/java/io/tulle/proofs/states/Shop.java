package io.tulle.proofs.states;

import io.tulle.client.Mesh;
import io.tulle.client.registry.Sync;
import io.tulle.core.snapshot.ServiceSnapshot;
import io.tulle.http.MeshCalls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A storefront that calls a catalog through the mesh. Everybody here knows the registry by the same, troubled address. */
public final class Shop implements AutoCloseable {
    private static final int INSTANCES = 4;
    private static final Request BOOK =
            new Request.Builder().url("http://catalog/books/7").build();

    private final List<CatalogInstance> catalog = new ArrayList<>();
    private final Mesh mesh;
    private final Call.Factory http;

    private Shop(Mesh mesh) {
        this.mesh = mesh;
        http = MeshCalls.of(mesh, new OkHttpClient());
    }

    /** Starts the catalog and a storefront that has found it. */
    public static Shop open(URI registry, Path state) throws InterruptedException {
        List<CatalogInstance> catalog = new ArrayList<>();
        for (int i = 1; i <= INSTANCES; i++) {
            catalog.add(CatalogInstance.start(i, registry, state));
        }
        for (CatalogInstance instance : catalog) {
            instance.awaitRegistered(Duration.ofSeconds(20));
        }
        Shop shop = new Shop(Mesh.builder()
                .service("shop/storefront")
                .registry(registry)
                .stateDir(state)
                .uses("catalog")
                .build());
        shop.catalog.addAll(catalog);
        return shop;
    }

    /** Makes one call. */
    public void call() throws IOException {
        try (Response response = http.newCall(BOOK).execute()) {
            if (response.code() != 204) {
                throw new IOException("status " + response.code());
            }
        }
    }

    /** Returns how the storefront stands with its registry. */
    Sync sync() {
        return mesh.sync();
    }

    /** Returns how many instances the storefront would call. */
    int endpoints() {
        ServiceSnapshot service = mesh.engine().snapshot().byName("shop/catalog");
        return service == null ? 0 : service.endpoints().size();
    }

    /** Returns how many instances there are. */
    int instances() {
        return catalog.size();
    }

    @Override
    public void close() {
        mesh.close();
        catalog.forEach(CatalogInstance::close);
    }
}
