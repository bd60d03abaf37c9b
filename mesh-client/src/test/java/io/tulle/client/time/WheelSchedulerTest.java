package io.tulle.client.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wheel with its thread. */
class WheelSchedulerTest {
    private static final long MILLI = 1_000_000;

    private final Ticker ticker = Ticker.system();
    private final WheelScheduler scheduler = WheelScheduler.start(ticker);

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void runsATaskOnItsThreadAndNeverEarly() throws InterruptedException {
        for (int delay : new int[] {-5, 0, 1, 7, 50}) {
            AtomicLong late = new AtomicLong(Long.MIN_VALUE);
            List<String> thread = new ArrayList<>();
            CountDownLatch ran = new CountDownLatch(1);
            long at = ticker.nanos() + delay * MILLI;
            scheduler.schedule(at, () -> {
                late.set(ticker.nanos() - at);
                thread.add(Thread.currentThread().getName());
                ran.countDown();
            });
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(late.get()).isNotNegative();
            assertThat(thread).containsExactly("tulle-timer");
        }
    }

    @Test
    void sleepsWhileNothingIsPendingAndWakesForTheNext() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            await().pollInterval(1, TimeUnit.MILLISECONDS).until(scheduler::idle);
            CountDownLatch ran = new CountDownLatch(1);
            scheduler.schedule(ticker.nanos(), ran::countDown);
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void sleepsAgainWhenEverythingWasCancelled() {
        Scheduler.Timer timer = scheduler.schedule(ticker.nanos() + 3_600_000 * MILLI, () -> {});
        assertThat(scheduler.idle()).isFalse();
        timer.cancel();
        await().until(scheduler::idle);
    }

    @Test
    void doesNotWakeUpBeforeTheNextTimer() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        Ticker counted = () -> {
            looks.incrementAndGet();
            return ticker.nanos();
        };
        CountDownLatch ran = new CountDownLatch(1);
        try (WheelScheduler own = WheelScheduler.start(counted)) {
            own.schedule(ticker.nanos() + 60_000 * MILLI, () -> {});
            own.schedule(ticker.nanos() + 400 * MILLI, ran::countDown);
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(looks).hasValueLessThan(25); // a look every tick would make a hundred
        }
    }

    @Test
    void anEarlierTimerWakesAThreadThatSleepsForALaterOne() throws InterruptedException {
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            Scheduler.Timer later = scheduler.schedule(ticker.nanos() + 3_000 * MILLI, () -> {});
            await().pollInterval(1, TimeUnit.MILLISECONDS).until(scheduler::asleep);
            CountDownLatch ran = new CountDownLatch(1);
            long start = ticker.nanos();
            scheduler.schedule(start + MILLI, ran::countDown);
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
            quickest = Math.min(quickest, ticker.nanos() - start);
            later.cancel();
        }
        assertThat(quickest).isLessThan(1_500 * MILLI);
    }

    @Test
    void outlivesATaskThatThrows() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        scheduler.schedule(ticker.nanos(), () -> {
            throw new IllegalStateException("a task of this test");
        });
        scheduler.schedule(ticker.nanos() + 20 * MILLI, ran::countDown);
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endsWithClose() {
        AtomicInteger ran = new AtomicInteger();
        scheduler.schedule(ticker.nanos() + 60_000 * MILLI, ran::incrementAndGet);
        scheduler.close();
        scheduler.close();
        await().until(() -> !scheduler.running());
        assertThat(ran).hasValue(0);
    }

    @Test
    void retiresOnceNothingIsPending() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        scheduler.schedule(ticker.nanos() + 200 * MILLI, ran::countDown);
        scheduler.retire();
        scheduler.retire();
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        await().until(() -> !scheduler.running());
    }

    @Test
    void whatComesAfterThatRuns() throws InterruptedException {
        scheduler.retire();
        for (int i = 0; i < 20; i++) {
            await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> !scheduler.running());
            CountDownLatch ran = new CountDownLatch(1);
            scheduler.schedule(ticker.nanos() + i % 3 * MILLI, ran::countDown);
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void noTimerOfManyThreadsIsLostAfterThat() throws Exception {
        int threads = 4;
        int rounds = 500;
        AtomicInteger ran = new AtomicInteger();
        scheduler.retire();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                all.add(pool.submit(() -> {
                    for (int i = 0; i < rounds; i++) {
                        scheduler.schedule(ticker.nanos(), ran::incrementAndGet);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        await().untilAsserted(() -> assertThat(ran).hasValue(threads * rounds));
        await().until(() -> !scheduler.running());
    }

    @Test
    void closeEndsItForGood() {
        scheduler.retire();
        await().until(() -> !scheduler.running());
        scheduler.close();
        scheduler.schedule(ticker.nanos(), () -> {});
        assertThat(scheduler.running()).isFalse();
    }

    @Test
    void endsWithCloseWhileItSleeps() {
        await().until(scheduler::idle);
        scheduler.close();
        await().until(() -> !scheduler.running());
    }

    @Test
    void manyThreadsScheduleAndCancel() throws Exception {
        int threads = 8;
        int rounds = 20_000;
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger kept = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                all.add(pool.submit(() -> {
                    for (int i = 0; i < rounds; i++) {
                        scheduler
                                .schedule(ticker.nanos() + 60_000 * MILLI, wrong::incrementAndGet)
                                .cancel();
                        if (i % 100 == 0) {
                            scheduler.schedule(ticker.nanos() + i % 7 * MILLI, kept::incrementAndGet);
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        await().untilAsserted(() -> assertThat(kept).hasValue(threads * rounds / 100));
        assertThat(wrong).hasValue(0);
        await().until(scheduler::idle);
    }
}
