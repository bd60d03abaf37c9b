package io.tulle.http.server;

import java.io.IOException;
import java.util.Queue;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/** Puts the status of an answer into a queue, or {@link #FAILED}. */
record StatusCallback(Queue<Integer> statuses) implements Callback {
    static final int FAILED = -1;

    @Override
    public void onResponse(Call call, Response response) throws IOException {
        try (response) {
            response.body().bytes();
            statuses.add(response.code());
        }
    }

    @Override
    public void onFailure(Call call, IOException failure) {
        statuses.add(FAILED);
    }
}
