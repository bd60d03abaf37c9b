package io.tulle.examples.bookshop.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Asks the storefronts for pages, each in turn. It retries nothing: what fails there is a failure. Thread-safe. */
public final class HttpPages implements PageTarget, AutoCloseable {
    private static final int PAGES = 1000;
    private static final int LONGEST_REASON = 60;

    private final Supplier<List<Integer>> ports;
    private final OkHttpClient http;

    /**
     * Creates a target.
     *
     * @param ports where the storefronts listen on the loopback address; asked for each page
     */
    public HttpPages(Supplier<List<Integer>> ports) {
        this.ports = ports;
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(4096);
        dispatcher.setMaxRequestsPerHost(4096);
        http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .retryOnConnectionFailure(false)
                .connectTimeout(Duration.ofSeconds(2))
                .callTimeout(Duration.ofSeconds(10))
                .connectionPool(new ConnectionPool(1024, 5, TimeUnit.MINUTES))
                .build();
    }

    @Override
    public void send(long number, Done done) {
        List<Integer> open = ports.get();
        int port = open.get((int) (number % open.size()));
        Request request = new Request.Builder()
                .url("http://127.0.0.1:" + port + "/page/" + number % PAGES)
                .build();
        http.newCall(request).enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                done.ended(failure(response));
            }

            @Override
            public void onFailure(Call call, IOException e) {
                done.ended("storefront: " + e.getClass().getSimpleName());
            }
        });
    }

    private static @Nullable String failure(Response response) {
        try (response) {
            String body = response.body().string();
            return response.code() == 200 ? null : body.substring(0, Math.min(body.length(), LONGEST_REASON));
        } catch (IOException e) {
            return "storefront: " + e.getClass().getSimpleName();
        }
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
