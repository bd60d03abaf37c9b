package io.tulle.benchmarks.macro;

import io.tulle.client.Mesh;
import io.tulle.http.MeshCalls;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Request;

/** OkHttp under the mesh. */
final class TulleCaller implements Caller {
    private final Mesh mesh;
    private final Call.Factory calls;
    private final Request request = OkHttpCaller.request("http://" + Fleet.SERVICE);

    private TulleCaller(Mesh mesh) {
        this.mesh = mesh;
        calls = MeshCalls.of(mesh, OkHttpCaller.client().build());
    }

    static TulleCaller plain(Site site) throws IOException {
        return new TulleCaller(
                Fleet.mesh(site.folder(), Fleet.Wire.HTTP, site.http()).build());
    }

    static TulleCaller mutual(Site site) throws IOException {
        return new TulleCaller(Fleet.mesh(site.folder(), Fleet.Wire.HTTP_MUTUAL, site.https())
                .tls(Certificates.files(site.folder()))
                .build());
    }

    @Override
    public byte[] call() throws IOException {
        return OkHttpCaller.run(calls, request);
    }

    @Override
    public void close() {
        mesh.close();
    }
}
