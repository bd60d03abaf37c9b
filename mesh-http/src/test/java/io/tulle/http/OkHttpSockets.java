package io.tulle.http;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Verdict;
import io.tulle.client.Mesh;
import io.tulle.testing.CallerThreads;
import io.tulle.testing.sockets.SocketCall;
import io.tulle.testing.sockets.SocketDriver;
import io.tulle.testing.sockets.Wire;
import io.tulle.testing.tck.Seen;
import io.tulle.testing.wire.WireServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** OkHttp over sockets, in either style. */
enum OkHttpSockets implements SocketDriver {
    EXECUTE("OkHttp execute") {
        @Override
        void start(Call call, CompletableFuture<Response> answer) {
            Thread caller = CallerThreads.factory().newThread(() -> {
                try {
                    answer.complete(call.execute());
                } catch (IOException | RuntimeException | Error e) {
                    answer.completeExceptionally(e);
                }
            });
            caller.start();
        }
    },

    ENQUEUE("OkHttp enqueue") {
        @Override
        void start(Call call, CompletableFuture<Response> answer) {
            call.enqueue(new okhttp3.Callback() {
                @Override
                public void onResponse(Call of, Response response) {
                    answer.complete(response);
                }

                @Override
                public void onFailure(Call of, IOException e) {
                    answer.completeExceptionally(e);
                }
            });
        }
    };

    private static final long PATIENCE_SECONDS = 30;

    private final String title;

    OkHttpSockets(String title) {
        this.title = title;
    }

    abstract void start(Call call, CompletableFuture<Response> answer);

    @Override
    public @Nullable Wire wire(WireServer.Speaks protocol) {
        return protocol == WireServer.Speaks.HTTP1 ? Wire.HTTP1 : Wire.HTTP2;
    }

    /**
     * OkHttp 5.5.1 on its own, an HTTP/2 call cancelled while its connection is made: in 1 of 1,500 runs the connection stays in use by that call, which has
     * failed, until the garbage collector comes.
     */
    @Override
    public boolean leavesConnections() {
        return true;
    }

    @Override
    public Client connect(Mesh mesh, Wire wire) {
        OkHttpClient client = client(wire);
        return client(MeshCalls.of(mesh, client), client);
    }

    /** Returns the application's client. */
    static OkHttpClient client(Wire wire) {
        return new OkHttpClient.Builder()
                .protocols(List.of(wire == Wire.HTTP2 ? Protocol.H2_PRIOR_KNOWLEDGE : Protocol.HTTP_1_1))
                .build();
    }

    /** Returns what makes {@code calls} in this style, and ends {@code client} with itself. */
    Client client(Call.Factory calls, OkHttpClient client) {
        return new Client() {
            @Override
            public Running start(SocketCall call) {
                RunningCall running = new RunningCall(calls.newCall(request(call)));
                OkHttpSockets.this.start(running.call, running.answer);
                return running;
            }

            @Override
            public void close() {
                client.dispatcher().executorService().shutdown();
            }
        };
    }

    @Override
    public String title() {
        return title;
    }

    private static Request request(SocketCall call) {
        Request.Builder request = new Request.Builder().url("http://" + SERVICE + "/");
        if (call.deadline() != null) {
            request.tag(MeshCallOptions.class, MeshCallOptions.DEFAULT.withDeadline(call.deadline()));
        }
        return call.idempotent()
                ? request.build()
                : request.post(RequestBody.create(new byte[] {1, 2, 3})).build();
    }

    private static final class RunningCall implements Running {
        final Call call;
        final CompletableFuture<Response> answer = new CompletableFuture<>();
        private volatile boolean closed;

        RunningCall(Call call) {
            this.call = call;
        }

        @Override
        public void cancel() {
            call.cancel();
        }

        @Override
        public boolean awaitHead() {
            return failure() == null;
        }

        private @Nullable Throwable failure() {
            try {
                answer.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
                return null;
            } catch (CompletionException e) {
                return e.getCause();
            }
        }

        @Override
        public Seen awaitEnd() {
            Throwable failure = failure();
            if (failure instanceof MeshIOException e) {
                return Seen.failed(e.verdict());
            }
            if (failure != null && call.isCanceled()) {
                return Seen.failed(Verdict.CANCELLED); // before there was a call to the mesh
            }
            if (failure != null) {
                throw new AssertionError("a mesh call failed otherwise than with a MeshIOException", failure);
            }
            try (Response response = answer.join()) {
                return Seen.response(response.code(), read(response));
            }
        }

        private Seen.BodyEnd read(Response response) {
            try {
                response.body().bytes();
                return Seen.BodyEnd.COMPLETE;
            } catch (IOException | RuntimeException e) {
                if (closed) {
                    return Seen.BodyEnd.CLOSED;
                }
                if (e instanceof RuntimeException mistake) {
                    throw mistake;
                }
                return Seen.BodyEnd.BROKEN;
            }
        }

        /** OkHttp's bodies are for one thread: another one can only cancel what is being read. */
        @Override
        public void close() {
            closed = true;
            call.cancel();
        }
    }
}
