package io.tulle.proofs.crossing;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;

/** How a call is made; each returns normally when the leaf has answered well, and throws otherwise. */
enum Outbound {
    OKHTTP_EXECUTE {
        @Override
        void call(Call.Factory http, Channel grpc) {
            try (Response response = http.newCall(request()).execute()) {
                check(response);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    OKHTTP_ENQUEUE {
        @Override
        void call(Call.Factory http, Channel grpc) {
            CompletableFuture<Response> answer = new CompletableFuture<>();
            http.newCall(request()).enqueue(new Callback() {
                @Override
                public void onResponse(Call call, Response response) {
                    answer.complete(response);
                }

                @Override
                public void onFailure(Call call, IOException failure) {
                    answer.completeExceptionally(failure);
                }
            });
            try (Response response = answer.join()) {
                check(response);
            }
        }
    },
    GRPC {
        @Override
        void call(Call.Factory http, Channel grpc) {
            ClientCalls.blockingUnaryCall(grpc, Texts.SAY, CallOptions.DEFAULT, "");
        }
    };

    abstract void call(Call.Factory http, Channel grpc);

    private static Request request() {
        return new Request.Builder().url("http://leaf/").build();
    }

    private static void check(Response response) {
        if (response.code() != 200) {
            throw new IllegalStateException("the leaf answered " + response.code());
        }
    }
}
