package io.tulle.client.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tulle.api.time.Ticker;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ThreadParkerTest {
    private final Ticker ticker = Ticker.system();
    private final ThreadParker parker = new ThreadParker(ticker);

    @Test
    void waitsUntilTheInstant() throws InterruptedException {
        long until = ticker.nanos() + 20_000_000;
        int waits = 0;
        while (ticker.nanos() - until < 0) {
            parker.parkUntil(until);
            waits++;
        }
        assertThat(waits).isBetween(1, 100);
    }

    @Test
    void doesNotWaitForThePastOrAfterAnUnpark() throws InterruptedException {
        parker.parkUntil(ticker.nanos() - 1);
        parker.unpark(Thread.currentThread());
        parker.parkUntil(Long.MAX_VALUE);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void isWokenByUnpark() throws InterruptedException {
        AtomicBoolean released = new AtomicBoolean();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread waiter = new Thread(() -> {
            try {
                while (!released.get()) {
                    parker.parkUntil(Long.MAX_VALUE);
                }
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        waiter.start();
        await().until(() -> waiter.getState() == Thread.State.WAITING);
        released.set(true);
        parker.unpark(waiter);
        waiter.join(10_000);
        assertThat(waiter.isAlive()).isFalse();
        assertThat(interrupted).isFalse();
    }

    @Test
    void anInterruptEndsTheWaitAndIsCleared() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> parker.parkUntil(ticker.nanos() + 60_000_000_000L))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
