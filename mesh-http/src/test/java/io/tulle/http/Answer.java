package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/** A callback that keeps what it is told, which may be one thing, once. */
class Answer implements Callback {
    private final Call call;
    private final AtomicInteger told = new AtomicInteger();
    private final CompletableFuture<Response> response = new CompletableFuture<>();

    Answer(Call call) {
        this.call = call;
    }

    /** Enqueues {@code call}. */
    static Answer of(Call call) {
        Answer answer = new Answer(call);
        call.enqueue(answer);
        return answer;
    }

    @Override
    public void onResponse(Call of, Response answer) throws IOException {
        count(of);
        response.complete(answer);
    }

    @Override
    public void onFailure(Call of, IOException e) {
        count(of);
        response.completeExceptionally(e);
    }

    private void count(Call of) {
        assertThat(of).isSameAs(call);
        if (told.incrementAndGet() > 1) {
            throw new AssertionError("the callback was told " + told + " times (expected: once)");
        }
    }

    void cancel() {
        call.cancel();
    }

    boolean told() {
        return response.isDone();
    }

    /** Returns how often the callback was told something. */
    int times() {
        return told.get();
    }

    /** Waits for the response, or throws what the callback was told. */
    Response response() throws IOException {
        try {
            return response.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException told) {
                throw told;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** Waits for the response and reads it. */
    String text() throws IOException {
        try (Response got = response()) {
            return got.body().string();
        }
    }
}
