package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {
    private final List<Object> seen = new ArrayList<>(); // not thread-safe: turns make it so
    private final Turns turns = new Turns() {
        @Override
        void threw(Throwable failure) {
            seen.add(failure);
        }
    };

    @Test
    void aTaskThatFindsNobodyRunsAtOnce() {
        turns.turn(() -> seen.add(1));
        turns.turn(() -> seen.add(2));

        assertThat(seen).containsExactly(1, 2);
    }

    @Test
    void aTaskOfATaskRunsAfterIt() {
        turns.turn(() -> {
            turns.turn(() -> {
                turns.turn(() -> seen.add(4));
                seen.add(2);
            });
            turns.turn(() -> seen.add(3));
            seen.add(1);
        });
        turns.turn(() -> seen.add(5));

        assertThat(seen).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aTaskThatThrowsIsToldAndDoesNotKeepOthersFromRunning() {
        IllegalStateException failure = new IllegalStateException("broken");
        turns.turn(() -> {
            turns.turn(() -> seen.add(2));
            throw failure;
        });
        turns.turn(() -> seen.add(3));

        assertThat(seen).containsExactly(failure, 2, 3);
    }

    @Test
    void whoComesWhileATaskRunsDoesNotWaitForIt() {
        turns.turn(() -> {
            CompletableFuture.runAsync(() -> turns.turn(() -> seen.add("other")))
                    .join();
            seen.add("first");
        });

        assertThat(seen).containsExactly("first", "other");
    }

    @RepeatedTest(20) // two tasks of a thread change places only where a third thread stands between two instructions
    void noTaskOfManyThreadsIsLostOrRunsBesideAnotherAndEachThreadsKeepTheirOrder() throws Exception {
        int threads = 4;
        int each = 20_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int base = i * each;
                all.add(pool.submit(() -> {
                    go.await();
                    for (int k = 0; k < each; k++) {
                        int task = base + k;
                        turns.turn(() -> seen.add(task));
                    }
                    return null;
                }));
            }
            go.countDown();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        turns.turn(() -> seen.add(-1));

        assertThat(seen).hasSize(threads * each + 1).endsWith(-1);
        for (int i = 0; i < threads; i++) {
            int base = i * each;
            assertThat(seen.stream().map(Integer.class::cast).filter(task -> task >= base && task < base + each))
                    .containsExactlyElementsOf(
                            IntStream.range(base, base + each).boxed().toList());
        }
    }
}
