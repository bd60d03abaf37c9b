package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.time.Parker;
import io.tulle.api.time.Scheduler;
import io.tulle.client.MeshRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The caller is interrupted while another thread is busy with the call's events, the head that commits it among them. */
@Timeout(30)
class InterruptTest {
    private static final long DEADLINE_NANOS = 1_000_000;

    private final AtomicReference<Runnable> timer = new AtomicReference<>();
    private final CompletableFuture<Void> drains = new CompletableFuture<>();
    private final CompletableFuture<Void> headIsQueued = new CompletableFuture<>();
    private final ThreadLocal<Boolean> early = ThreadLocal.withInitial(() -> false);
    private CompletableFuture<Void> drainer = CompletableFuture.completedFuture(null);

    @Test
    void anInterruptThatLosesAgainstTheCommitIsKept() throws Exception {
        try (TestMesh mesh = new TestMesh().catalogAt(1)) {
            MeshRuntime runtime = new MeshRuntime(this::nanos, this::schedule, new InterruptedOnce(), () -> 1);
            Call.Factory calls = new MeshCallFactory(
                    mesh.mesh.engine(),
                    runtime,
                    new OkHttpClient.Builder().build(),
                    (endpoint, request, facts) -> new OkHttpClient.Builder()
                            .addInterceptor(chain -> answer(chain.request()))
                            .build()
                            .newCall(request));
            Request request = new Request.Builder()
                    .url("http://catalog/")
                    .tag(MeshCallOptions.class, MeshCallOptions.DEFAULT.withDeadline(Duration.ofNanos(DEADLINE_NANOS)))
                    .build();

            try (Response response = calls.newCall(request).execute()) {
                assertThat(Thread.interrupted()).isTrue();
                assertThat(response.code()).isEqualTo(200);
            }
        }
    }

    /** The timer fires as the head arrives, and its thread is held where it looks for the next wake time. */
    private Response answer(Request request) throws IOException {
        drainer = CompletableFuture.runAsync(() -> {
            early.set(true);
            timer.get().run();
        });
        await(drains);
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("")
                .body(ResponseBody.create("fine", null))
                .build();
    }

    /** Time stands still, but the timer that fires believes once that its time has come. */
    private long nanos() {
        if (early.get()) {
            early.set(false);
            return DEADLINE_NANOS;
        }
        return 0;
    }

    private Scheduler.Timer schedule(long at, Runnable task) {
        if (!timer.compareAndSet(null, task)) {
            drains.complete(null);
            await(headIsQueued);
        }
        return () -> {};
    }

    private static void await(CompletableFuture<Void> event) {
        event.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Parks the caller until the call is committed, and then says that it was interrupted. */
    private final class InterruptedOnce implements Parker {
        @Override
        public void parkUntil(long untilNanos) throws InterruptedException {
            headIsQueued.complete(null);
            await(drainer);
            throw new InterruptedException();
        }

        @Override
        public void unpark(Thread thread) {}
    }
}
