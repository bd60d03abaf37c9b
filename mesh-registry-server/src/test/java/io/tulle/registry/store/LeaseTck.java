package io.tulle.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leases, in virtual time. */
abstract class LeaseTck extends StoreTck {
    private static final Duration ALMOST = LEASE.minusMillis(1);

    LeaseTck(Opening opening) {
        super(opening);
    }

    @Test
    void aLeaseTakesItsKeysWithItInOneRevision() {
        long lease = done(store.grant(LEASE));
        List<Change> changes = Collections.synchronizedList(new ArrayList<>());
        putLeased("a", lease);
        putLeased("b", lease);
        put("c", "1");
        store.watch("", 3, changes::add);
        clock.advance(ALMOST);
        assertThat(texts(0)).hasSize(3);
        clock.advance(Duration.ofMillis(1));
        await().until(() -> changes.size() == 1);
        assertThat(changes.get(0).revision()).isEqualTo(4);
        assertThat(changes.get(0).events()).extracting(Change.Event::key).containsExactly("a", "b");
        assertThat(changes.get(0).events()).allMatch(event -> event.current() == null && event.previous() != null);
        assertThat(texts(0)).containsExactly("c=1");
        assertThat(store.keepAlive(lease)).isFalse();
    }

    @Test
    void grantingMakesNoRevisionAndNumbersAreNotGivenTwice() {
        long first = done(store.grant(LEASE));
        done(store.revoke(first));
        long second = done(store.grant(LEASE));
        assertThat(second).isNotEqualTo(first).isPositive();
        assertThat(store.revision()).isZero();
    }

    @Test
    void keepingAliveStartsTheTimeAnewAndWritesNothing() {
        long lease = done(store.grant(LEASE));
        putLeased("a", lease);
        for (int i = 0; i < 10; i++) {
            clock.advance(ALMOST);
            assertThat(store.keepAlive(lease)).isTrue();
        }
        assertThat(store.revision()).isEqualTo(1);
        clock.advance(LEASE);
        await().until(() -> texts(0).isEmpty());
    }

    @Test
    void anUnknownLeaseIsNotKeptAlive() {
        assertThat(store.keepAlive(17)).isFalse();
        assertThat(store.keepAlive(0)).isFalse();
    }

    @Test
    void revokingTakesTheKeysAtOnce() {
        long lease = done(store.grant(LEASE));
        putLeased("a", lease);
        put("b", "1");
        assertThat(done(store.revoke(lease))).isEqualTo(3);
        assertThat(texts(0)).containsExactly("b=1");
        assertThat(store.keepAlive(lease)).isFalse();
        assertThat(done(store.revoke(lease))).isEqualTo(3);
        assertThat(done(store.revoke(99))).isEqualTo(3);
    }

    @Test
    void aPutOnALeaseThatIsNotThereIsNotApplied() {
        long lease = done(store.grant(LEASE));
        done(store.revoke(lease));
        Committed committed = commit(all -> all.put("a", bytes("1"), lease).put("b", bytes("1")));
        assertThat(committed).isEqualTo(new Committed(false, 0));
        assertThat(texts(0)).isEmpty();
    }

    @Test
    void aKeyHangsOnTheLeaseOfItsNewestVersionAlone() {
        long first = done(store.grant(LEASE));
        long second = done(store.grant(LEASE));
        putLeased("moved", first);
        putLeased("moved", second);
        putLeased("freed", first);
        put("freed", "1");
        putLeased("deleted", first);
        delete("deleted");
        long before = store.revision();
        assertThat(done(store.revoke(first))).isEqualTo(before);
        assertThat(texts(0)).containsExactly("freed=1", "moved=leased");
        done(store.revoke(second));
        assertThat(texts(0)).containsExactly("freed=1");
    }

    @Test
    void moreKeysThanATransactionMayHaveGoInOneRevision() {
        long lease = done(store.grant(LEASE));
        for (int i = 0; i < 250; i++) {
            putLeased("k" + i, lease);
        }
        assertThat(done(store.revoke(lease))).isEqualTo(251);
        assertThat(store.revision()).isEqualTo(251);
        assertThat(texts(0)).isEmpty();
        assertThat(texts(250)).hasSize(250);
    }

    @Test
    void leasesEndIndependently() {
        long shorter = done(store.grant(LEASE));
        long longer = done(store.grant(LEASE.multipliedBy(2)));
        putLeased("shorter", shorter);
        putLeased("longer", longer);
        clock.advance(LEASE);
        await().until(() -> texts(0).equals(List.of("longer=leased")));
        assertThat(store.keepAlive(longer)).isTrue();
        clock.advance(LEASE);
        assertThat(texts(0)).hasSize(1);
        clock.advance(LEASE);
        await().until(() -> texts(0).isEmpty());
    }

    @Test
    void nothingExpiresAfterClosing() {
        done(store.grant(LEASE));
        store.close();
        clock.advance(LEASE.multipliedBy(2));
        assertThat(clock.pending()).isZero();
    }

    @Test
    void timesHaveLimits() {
        for (Duration refused : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(2))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> done(store.grant(refused)))
                    .withMessageContaining("expected: 1ms..1d");
        }
    }

    void putLeased(String key, long lease) {
        assertThat(commit(all -> all.put(key, bytes("leased"), lease)).succeeded())
                .isTrue();
    }
}
