package io.tulle.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file that may not grow, until it may again. */
class DiskFullTest extends StoreTck {
    private static final int PAGES = 100;
    private static final AtomicInteger MOST_PAGES = new AtomicInteger();

    /** Connections are made anew after a failed write, so that a new limit is seen. */
    private static final ConnectionSource LIMITED = database -> {
        Connection connection = ConnectionSource.DURABLE.open(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = " + MOST_PAGES.get());
        }
        return connection;
    };

    DiskFullTest() {
        super((folder, clock) -> SqliteStore.open(folder, LIMITED, clock, clock));
    }

    @BeforeEach
    @Override
    void open() {
        MOST_PAGES.set(PAGES);
        super.open();
    }

    @Test
    void failsWritesSaysWhyAndGoesOnReading() {
        long written = fill();
        assertThat(store.readOnly()).isTrue();
        assertThat(store.revision()).isEqualTo(written);
        assertThat(store.range("k", "", 1000, 0).entries()).hasSize((int) written);
        assertThatExceptionOfType(ReadOnlyStoreException.class)
                .isThrownBy(() -> put("k", "x".repeat(100_000)))
                .withMessage("cannot write " + folder.resolve("tulle.db")
                        + ": the disk is full; free some space, and writing goes on by itself");
    }

    @Test
    void goesOnWritingWhenThereIsSpaceWithoutAGapInRevisions() {
        Seen seen = new Seen();
        store.watch("", 0, seen);
        long written = fill();
        MOST_PAGES.set(PAGES * 10);
        assertThat(put("after", "1")).isEqualTo(written + 1);
        assertThat(store.readOnly()).isFalse();
        assertThat(seen.revisions((int) written + 1)).isEqualTo(Seen.upTo(written + 1));
    }

    @Test
    void findsOutByItselfThatThereIsSpace() {
        fill();
        clock.advance(Duration.ofSeconds(5));
        assertThat(afterItsOwnAttempts()).isTrue();
        assertThat(store.readOnly()).isTrue();
        MOST_PAGES.set(PAGES * 10);
        await().until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return !store.readOnly();
        });
    }

    @Test
    void nothingOfAGroupIsLeftBehind() {
        fill();
        long before = store.revision();
        List<CompletableFuture<Committed>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(store.commit(Transaction.builder()
                    .put("small" + i, bytes("1"))
                    .put("large" + i, new byte[200_000])
                    .build()));
        }
        all.forEach(
                each -> assertThatExceptionOfType(ReadOnlyStoreException.class).isThrownBy(() -> done(each)));
        assertThat(store.revision()).isEqualTo(before);
        assertThat(store.range("small", "", 10, 0).entries()).isEmpty();
        store.close();
        open();
        assertThat(store.revision()).isEqualTo(before);
        assertThat(store.range("small", "", 10, 0).entries()).isEmpty();
    }

    @Test
    void aLeaseThatCannotEndHasItsTimeAgain() {
        long lease = done(store.grant(LEASE));
        for (int i = 0; i < 20; i++) {
            String key = "%01000d".formatted(i);
            commit(all -> all.put(key, bytes("1"), lease));
        }
        fill();
        clock.advance(LEASE);
        await().until(() -> store.keepAlive(lease));
        assertThat(store.range("0", "", 1000, 0).entries()).hasSize(20);
        MOST_PAGES.set(PAGES * 100);
        clock.advance(LEASE);
        await().until(() -> store.range("0", "", 1000, 0).entries().isEmpty());
        assertThat(store.keepAlive(lease)).isFalse();
    }

    /** Returns when what the store has tried by itself is over; a write that changes nothing may share the fate of such an attempt. */
    private boolean afterItsOwnAttempts() {
        Transaction nothing = Transaction.builder().delete("none").build();
        return done(store.commit(nothing).handle((committed, failure) -> true));
    }

    /** Writes until it fails and returns the newest revision. */
    private long fill() {
        assertThatExceptionOfType(ReadOnlyStoreException.class).isThrownBy(() -> {
            for (int i = 0; i < 2 * PAGES; i++) {
                put("k" + i, "x".repeat(5000));
            }
        });
        return store.revision();
    }
}
