package io.tulle.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes: conditions, atomicity, revisions, limits. */
abstract class TransactionTck extends StoreTck {
    TransactionTck(Opening opening) {
        super(opening);
    }

    @Test
    void startsEmptyAtRevisionZeroWithAnEpoch() {
        assertThat(store.revision()).isZero();
        assertThat(store.compacted()).isZero();
        assertThat(store.epoch()).hasSizeGreaterThan(20);
        assertThat(store.readOnly()).isFalse();
        assertThat(texts(0)).isEmpty();
    }

    @Test
    void everyTransactionThatChangesSomethingMakesOneRevision() {
        assertThat(put("a", "1")).isEqualTo(1);
        assertThat(commit(all -> all.put("a", bytes("2")).put("b", bytes("1")).delete("none")))
                .isEqualTo(new Committed(true, 2));
        assertThat(store.revision()).isEqualTo(2);
        assertThat(texts(0)).containsExactly("a=2", "b=1");
    }

    @Test
    void deletingWhatDoesNotExistMakesNoRevision() {
        put("a", "1");
        assertThat(commit(all -> all.delete("b"))).isEqualTo(new Committed(true, 1));
        assertThat(store.revision()).isEqualTo(1);
    }

    @Test
    void anEntryKnowsItsRevisions() {
        put("a", "1");
        put("b", "1");
        put("a", "2");
        assertThat(store.range("", "", 10, 0).entries())
                .extracting(Entry::key, Entry::created, Entry::revision, Entry::lease)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", 1L, 3L, 0L),
                        org.assertj.core.groups.Tuple.tuple("b", 2L, 2L, 0L));
    }

    @Test
    void whatWasDeletedComesIntoBeingAnew() {
        put("a", "1");
        delete("a");
        put("a", "2");
        assertThat(store.range("a", "", 1, 0).entries())
                .first()
                .extracting(Entry::created)
                .isEqualTo(3L);
    }

    @Test
    void aConditionHoldsForTheNewestVersionAlone() {
        long first = put("a", "1");
        long second = put("a", "2");
        assertThat(commit(all -> all.when("a", first).put("a", bytes("3")))).isEqualTo(new Committed(false, second));
        assertThat(commit(all -> all.when("a", 0).put("a", bytes("3")))).isEqualTo(new Committed(false, second));
        assertThat(commit(all -> all.when("a", second).put("a", bytes("3")))).isEqualTo(new Committed(true, 3));
    }

    @Test
    void revisionZeroMeansThatTheKeyDoesNotExist() {
        assertThat(commit(all -> all.when("a", 0).put("a", bytes("1"))).succeeded())
                .isTrue();
        delete("a");
        assertThat(commit(all -> all.when("a", 0).put("a", bytes("2"))).succeeded())
                .isTrue();
        assertThat(commit(all -> all.when("none", 1).put("b", bytes("2"))).succeeded())
                .isFalse();
    }

    @Test
    void oneConditionThatDoesNotHoldLeavesEverythingAsItWas() {
        put("a", "1");
        assertThat(commit(all -> all.when("a", 1)
                                .when("b", 7)
                                .put("a", bytes("2"))
                                .delete("a2")
                                .put("c", bytes("1")))
                        .succeeded())
                .isFalse();
        assertThat(store.revision()).isEqualTo(1);
        assertThat(texts(0)).containsExactly("a=1");
    }

    @Test
    void nothingUnderAPrefixMayBeLaterThanWhatOneHasSeen() {
        put("p/a", "1");
        put("q", "1");
        assertThat(commit(all -> all.whenNoneAfter("p/", 0).put("x", bytes("1")))
                        .succeeded())
                .isFalse();
        assertThat(commit(all -> all.whenNoneAfter("p/", 1).put("p/b", bytes("1")))
                        .succeeded())
                .isTrue();
        assertThat(commit(all -> all.whenNoneAfter("p/", 2).put("p/c", bytes("1")))
                        .succeeded())
                .isFalse();
        assertThat(commit(all -> all.whenNoneAfter("p/", 3).put("p/c", bytes("1")))
                        .succeeded())
                .isTrue();
        assertThat(commit(all -> all.whenNoneAfter("", 3).put("p/c", bytes("2")))
                        .succeeded())
                .isFalse();
    }

    @Test
    void whatWasDeletedIsNotLater() {
        put("p/a", "1");
        put("p/b", "1");
        put("p/b", "2");
        delete("p/b");
        assertThat(commit(all -> all.whenNoneAfter("p/", 1).put("x", bytes("1")))
                        .succeeded())
                .isTrue();
    }

    @Test
    void whatIsLaterIsSeenAcrossCompaction() {
        put("p/a", "1");
        put("p/b", "1");
        put("p/a", "2");
        done(store.compact(3));
        assertThat(commit(all -> all.whenNoneAfter("p/b", 1).put("x", bytes("1")))
                        .succeeded())
                .isFalse();
        assertThat(commit(all -> all.whenNoneAfter("p/b", 2).put("x", bytes("1")))
                        .succeeded())
                .isTrue();
    }

    @Test
    void takesAsMuchAsTheLimitsSay() {
        Transaction.Builder most = Transaction.builder();
        for (int i = 0; i < Transaction.MOST_WRITES; i++) {
            most.put("k" + i, bytes("v"));
        }
        for (int i = 0; i < Transaction.MOST_CONDITIONS; i++) {
            most.when("c" + i, 0);
        }
        assertThat(done(store.commit(most.build())).succeeded()).isTrue();
        assertThat(commit(all -> all.put("é".repeat(512), new byte[Store.MOST_BYTES]))
                        .succeeded())
                .isTrue();
        assertThat(store.range("é", "", 1, 0).entries().get(0).value()).hasSize(Store.MOST_BYTES);
    }

    @Test
    void refusesMoreThanTheLimits() {
        Transaction.Builder writes = Transaction.builder();
        for (int i = 0; i <= Transaction.MOST_WRITES; i++) {
            writes.put("k" + i, bytes("v"));
        }
        Transaction.Builder conditions = Transaction.builder().put("k", bytes("v"));
        for (int i = 0; i <= Transaction.MOST_CONDITIONS; i++) {
            conditions.when("c" + i, 0);
        }
        assertRefused(writes, "writes: 101 (expected: 1..100)");
        assertRefused(conditions, "conditions: 129 (expected: 0..128)");
        assertRefused(Transaction.builder(), "writes: 0 (expected: 1..100)");
        assertRefused(Transaction.builder().put("a", bytes("1")).delete("a"), "key: a twice");
        assertRefused(Transaction.builder().put("a", new byte[Store.MOST_BYTES + 1]), "1048577 (expected: 0..1048576)");
        assertRefused(Transaction.builder().put("é".repeat(513), bytes("1")), "1026 (expected: 1..1024)");
        assertRefused(Transaction.builder().put("", bytes("1")), "bytes of a key: 0");
        assertRefused(Transaction.builder().put("a", bytes("1"), -1), "lease: -1");
        assertRefused(Transaction.builder().when("a", -1).delete("a"), "-1 (expected: 0 or more)");
        assertThat(store.revision()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\ud800", "x\udc00y"})
    void refusesKeysThatAreNoText(String key) {
        assertRefused(Transaction.builder().delete(key), "expected: Unicode without NUL");
        assertRefused(Transaction.builder().when(key, 0).delete("a"), "expected: Unicode without NUL");
        assertThatIllegalArgumentException().isThrownBy(() -> store.range(key, "", 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> store.range("", key, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> store.watch(key, 0, change -> {}));
    }

    @Test
    void keepsEveryByteOfAValue() {
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        commit(all -> all.put("a", every).put("empty", new byte[0]));
        assertThat(store.range("", "", 2, 0).entries()).extracting(Entry::value).containsExactly(every, new byte[0]);
    }

    @Test
    void failsWritesAfterItWasClosed() {
        store.close();
        assertThatThrownBy(() -> put("a", "1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the store is closed");
        store.close();
    }

    private void assertRefused(Transaction.Builder transaction, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> done(store.commit(transaction.build())))
                .withMessageContaining(message);
    }
}
