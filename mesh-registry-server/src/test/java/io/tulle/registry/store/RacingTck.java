package io.tulle.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many who write, watch and compact at the same time. */
abstract class RacingTck extends StoreTck {
    private static final int WRITERS = 8;
    private static final int WATCHERS = 5;
    private static final int EACH = 150;
    private static final long ALL = WRITERS * EACH;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final WatchGuarantees guarantees = new WatchGuarantees();

    RacingTck(Opening opening) {
        super(opening);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void whoeverWatchesIsToldEverythingOnceAndInOrder() {
        AtomicLongArray reached = new AtomicLongArray(WATCHERS);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            all.add(CompletableFuture.runAsync(() -> write(writer), threads));
        }
        for (int i = 0; i < WATCHERS; i++) {
            int watcher = i;
            all.add(CompletableFuture.runAsync(() -> watch(watcher, reached), threads));
        }
        all.add(CompletableFuture.runAsync(() -> compact(reached), threads));
        all.forEach(StoreTck::done);
        assertThat(store.revision()).isEqualTo(ALL);
    }

    @Test
    void countingByCompareAndSetLosesNothing() {
        put("count", "0");
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            all.add(CompletableFuture.runAsync(this::countToTwenty, threads));
        }
        all.forEach(StoreTck::done);
        assertThat(texts(0)).containsExactly("count=" + WRITERS * 20);
        assertThat(store.revision()).isEqualTo(1 + WRITERS * 20);
    }

    @Test
    void readersSeeWholeTransactions() {
        AtomicLong last = new AtomicLong();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < 300; i++) {
                        byte[] value = bytes("" + i);
                        last.set(commit(all -> all.put("a", value).put("b", value))
                                .revision());
                    }
                },
                threads);
        long before = 0;
        while (!writing.isDone()) {
            long acknowledged = last.get();
            Store.Range range = store.range("", "", 10, 0);
            assertThat(range.revision()).isGreaterThanOrEqualTo(acknowledged).isGreaterThanOrEqualTo(before);
            assertThat(range.entries().stream().map(StoreTck::text).distinct().count())
                    .isLessThanOrEqualTo(1);
            assertThat(range.entries()).hasSize(range.revision() == 0 ? 0 : 2);
            before = range.revision();
        }
        done(writing);
    }

    private void write(int writer) {
        SplittableRandom random = new SplittableRandom(writer);
        for (int i = 0; i < EACH; i++) {
            Transaction.Builder transaction = Transaction.builder();
            List<String> keys = random.ints(0, 20)
                    .distinct()
                    .limit(1 + random.nextInt(4))
                    .mapToObj(key -> "p/" + key)
                    .toList();
            keys.forEach(key -> transaction.put(key, bytes("1")));
            guarantees.wrote(done(store.commit(transaction.build())).revision(), keys);
        }
    }

    /** Watches, stops after a while, resumes where it was, until everything has been seen. */
    private void watch(int watcher, AtomicLongArray reached) {
        SplittableRandom random = new SplittableRandom(100L + watcher);
        List<Change> told = new ArrayList<>();
        while (reached.get(watcher) < ALL) {
            LinkedBlockingQueue<Change> changes = new LinkedBlockingQueue<>();
            Store.Subscription subscription = store.watch("p/", reached.get(watcher), changes::add);
            for (int most = 1 + random.nextInt(200); most > 0 && reached.get(watcher) < ALL; most--) {
                told.add(next(changes));
                reached.set(watcher, told.get(told.size() - 1).revision());
            }
            subscription.close();
        }
        await().untilAsserted(() -> guarantees.check(0, told)); // the last writer may yet have to note what it wrote
    }

    private static Change next(LinkedBlockingQueue<Change> changes) {
        try {
            Change change = changes.poll(20, TimeUnit.SECONDS);
            assertThat(change).as("the next change, within 20 s").isNotNull();
            return change;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compacts behind the slowest watcher. */
    private void compact(AtomicLongArray reached) {
        long slowest = 0;
        while (slowest < ALL) {
            slowest = ALL;
            for (int i = 0; i < WATCHERS; i++) {
                slowest = Math.min(slowest, reached.get(i));
            }
            assertThat(done(store.compact(slowest))).isLessThanOrEqualTo(ALL);
        }
    }

    private void countToTwenty() {
        for (int counted = 0; counted < 20; ) {
            Entry count = store.range("count", "", 1, 0).entries().get(0);
            String next = "" + (Integer.parseInt(text(count)) + 1);
            if (commit(all -> all.when("count", count.revision()).put("count", bytes(next)))
                    .succeeded()) {
                counted++;
            }
        }
    }
}
