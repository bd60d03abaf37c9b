package io.tulle.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Watching, on one thread. */
abstract class WatchTck extends StoreTck {
    private final Seen seen = new Seen();

    WatchTck(Opening opening) {
        super(opening);
    }

    @Test
    void tellsEveryChangeWithWhatWasBefore() {
        store.watch("", 0, seen);
        put("a", "1");
        commit(all -> all.put("b", bytes("1")).put("a", bytes("2")));
        delete("a");
        assertThat(seen.texts(3)).containsExactly("1: a -=1", "2: a 1=2, b -=1", "3: a 2=-");
        assertThat(seen.changes().get(1).events().get(0).current())
                .extracting(Entry::created, Entry::revision)
                .containsExactly(1L, 2L);
    }

    @Test
    void startsAfterARevisionFromTheTableAsItWouldHaveLive() {
        put("a", "1");
        put("a", "2");
        delete("a");
        put("a", "3");
        commit(all -> all.put("z", bytes("1")).put("b", bytes("1")));
        store.watch("", 1, seen);
        assertThat(seen.texts(4)).containsExactly("2: a 1=2", "3: a 2=-", "4: a -=3", "5: b -=1, z -=1");
    }

    @Test
    void tellsNothingWhenThereIsNothingAndThenWhatComes() {
        put("a", "1");
        store.watch("", 1, seen);
        put("a", "2");
        assertThat(seen.texts(1)).containsExactly("2: a 1=2");
    }

    @Test
    void keepsToItsPrefix() {
        put("p/a", "1");
        store.watch("p/", 0, seen);
        put("q/a", "1");
        commit(all -> all.put("p/b", bytes("1")).put("q/a", bytes("2")));
        assertThat(seen.texts(2)).containsExactly("1: p/a -=1", "3: p/b -=1");
    }

    @Test
    void keepsToItsPrefixWhenItReadsTheTable() {
        put("p/a", "1");
        put("q/a", "1");
        commit(all -> all.put("p/b", bytes("1")).put("q/a", bytes("2")));
        store.watch("p/", 0, seen);
        assertThat(seen.texts(2)).containsExactly("1: p/a -=1", "3: p/b -=1");
    }

    @Test
    void catchesUpWithMoreThanIsKeptInMemory() {
        for (int i = 1; i <= 1500; i++) {
            put("k" + i % 10, "" + i);
        }
        store.watch("", 0, seen);
        put("last", "1");
        assertThat(seen.revisions(1501)).isEqualTo(Seen.upTo(1501));
    }

    @Test
    void compactedRevisionsAreRefused() {
        for (int i = 1; i <= 5; i++) {
            put("a", "" + i);
        }
        done(store.compact(3));
        assertThatExceptionOfType(CompactedException.class).isThrownBy(() -> store.watch("", 2, seen));
        store.watch("", 3, seen);
        assertThat(seen.texts(2)).containsExactly("4: a 3=4", "5: a 4=5");
    }

    @Test
    void theFutureIsRefused() {
        put("a", "1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.watch("", 2, seen))
                .withMessage("revision: 2 (expected: 0..1)");
        assertThatIllegalArgumentException().isThrownBy(() -> store.watch("", -1, seen));
    }

    @Test
    void tellsNothingAfterItsClose() {
        Store.Subscription subscription = store.watch("", 0, seen);
        put("a", "1");
        seen.texts(1);
        subscription.close();
        subscription.close();
        Seen other = new Seen();
        store.watch("", 0, other);
        put("a", "2");
        assertThat(other.revisions(2)).containsExactly(1L, 2L);
        assertThat(seen.changes()).hasSize(1);
    }

    @Test
    void anObserverMayCloseItsOwnWatch() {
        AtomicReference<Store.Subscription> subscription = new AtomicReference<>();
        subscription.set(store.watch("", 0, change -> {
            seen.accept(change);
            subscription.get().close();
        }));
        Seen other = new Seen();
        store.watch("", 0, other);
        put("a", "1");
        put("a", "2");
        other.texts(2);
        assertThat(seen.changes()).hasSize(1);
    }

    @Test
    void anObserverThatThrowsIsToldTheNextChange() {
        store.watch("", 0, change -> {
            seen.accept(change);
            throw new OnPurpose();
        });
        put("a", "1");
        put("a", "2");
        assertThat(seen.revisions(2)).containsExactly(1L, 2L);
    }

    @Test
    void anObserverMayWriteWhenItDoesNotWait() {
        List<CompletableFuture<Committed>> written = new ArrayList<>();
        store.watch(
                "a",
                0,
                change -> written.add(
                        store.commit(Transaction.builder().put("b", bytes("1")).build())));
        store.watch("", 0, seen);
        put("a", "1");
        assertThat(seen.texts(2)).containsExactly("1: a -=1", "2: b -=1");
    }

    @Test
    void closingTheStoreEndsWatches() {
        store.watch("", 0, seen);
        put("a", "1");
        seen.texts(1);
        store.close();
        assertThat(seen.changes()).hasSize(1);
    }

    @Test
    void whatAWatchHasYetToSeeIsNotCompacted() throws InterruptedException {
        for (int i = 1; i <= 5; i++) {
            put("a", "" + i);
        }
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Void> watching = CompletableFuture.runAsync(() -> store.watch("", 1, change -> {
            entered.countDown();
            awaitLatch(go);
            seen.accept(change);
        }));
        entered.await();
        assertThat(done(store.compact(5))).isEqualTo(1);
        go.countDown();
        assertThat(seen.texts(4)).containsExactly("2: a 1=2", "3: a 2=3", "4: a 3=4", "5: a 4=5");
        done(watching);
        await().untilAsserted(() -> assertThat(done(store.compact(5))).isEqualTo(5));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class OnPurpose extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OnPurpose() {
            super("on purpose", null, false, false); // the log of the tests stays short
        }
    }
}
