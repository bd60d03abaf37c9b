package io.tulle.benchmarks.macro;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp and nothing else, in turn over the addresses that it is given. */
final class OkHttpCaller implements Caller {
    private static final int CONNECTIONS = 256;
    private static final int MINUTES_IDLE = 5;

    private final OkHttpClient client;
    private final Request[] requests;
    private final AtomicInteger turn = new AtomicInteger();

    private OkHttpCaller(OkHttpClient client, String scheme, List<Integer> ports) {
        this.client = client;
        requests = ports.stream()
                .map(port -> request(scheme + "://127.0.0.1:" + port))
                .toArray(Request[]::new);
    }

    /** Returns the baseline: the three backends without TLS. */
    static OkHttpCaller plain(Site site) {
        return new OkHttpCaller(client().build(), "http", site.http());
    }

    /** Returns a caller of the three backends by mutual TLS. */
    static OkHttpCaller mutual(Site site) throws IOException, GeneralSecurityException {
        OkHttpClient client = client().sslSocketFactory(
                        Certificates.caller(site.folder()).getSocketFactory(), Certificates.trust(site.folder()))
                .build();
        return new OkHttpCaller(client, "https", site.https());
    }

    /** Returns a caller of the client's sidecar, which does the rest. */
    static OkHttpCaller sidecar(Site site) {
        return new OkHttpCaller(client().build(), "http", List.of(site.sidecar()));
    }

    /** Returns the settings of every row's client: enough idle connections for all threads. */
    static OkHttpClient.Builder client() {
        return new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(CONNECTIONS, MINUTES_IDLE, TimeUnit.MINUTES));
    }

    static Request request(String origin) {
        return new Request.Builder().url(origin + "/books/7").build();
    }

    /** Runs a call and returns its body. */
    static byte[] run(Call.Factory calls, Request request) throws IOException {
        try (Response response = calls.newCall(request).execute()) {
            if (response.code() != Answer.OK) {
                throw new IOException("answer of " + response.code() + " (expected: " + Answer.OK + ")");
            }
            return Answer.checked(response.body().bytes());
        }
    }

    @Override
    public byte[] call() throws IOException {
        return run(client, requests[Math.floorMod(turn.getAndIncrement(), requests.length)]);
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
    }
}
