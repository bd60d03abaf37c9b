package io.tulle.registry.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tests of the store find each planted bug, and nothing where there is none. */
class PlantedBugTest {
    private static final Map<PlantedBug, ? extends Fact> FOUND_BY = Map.of(
            PlantedBug.DROPS_A_CHANGE, watches(PlantedBugTest::checkGuarantees),
            PlantedBug.TELLS_A_CHANGE_TWICE, watches(PlantedBugTest::checkGuarantees),
            PlantedBug.SWAPS_CHANGES, watches(PlantedBugTest::checkGuarantees),
            PlantedBug.SPLITS_A_CHANGE, watches(PlantedBugTest::checkGuarantees),
            PlantedBug.TELLS_THE_REVISION_ONE_BEGAN_AFTER,
                    watches(WatchTck::startsAfterARevisionFromTheTableAsItWouldHaveLive),
            PlantedBug.IGNORES_CONDITIONS, transactions(TransactionTck::aConditionHoldsForTheNewestVersionAlone),
            PlantedBug.COMMITS_HALF, transactions(TransactionTck::everyTransactionThatChangesSomethingMakesOneRevision),
            PlantedBug.READS_THE_NEWEST_ONLY, ranges(RangeTck::thePastStaysAsItWas),
            PlantedBug.KEEPS_NOTHING_ALIVE, leases(LeaseTck::keepingAliveStartsTheTimeAnewAndWritesNothing),
            PlantedBug.COMPACTS_TOO_MUCH, ranges(RangeTck::compactionKeepsWhatIsStillToBeSeen));

    /** A test of the store, for a store with something changed. */
    private interface Fact {
        ThrowingCallable on(UnaryOperator<Store> changed);
    }

    @ParameterizedTest
    @EnumSource
    void isFound(PlantedBug bug) {
        Fact fact = Stream.of(FOUND_BY.get(bug)).findFirst().orElseThrow();
        assertThatThrownBy(fact.on(bug::in)).isInstanceOf(AssertionError.class);
        assertThatCode(fact.on(store -> store)).doesNotThrowAnyException();
    }

    private static void checkGuarantees(WatchTck tck) {
        WatchGuarantees guarantees = new WatchGuarantees();
        Seen seen = new Seen();
        tck.store.watch("", 0, seen);
        for (int i = 0; i < 20; i++) {
            String key = "k" + i % 3;
            long revision = tck.commit(all -> all.put(key, StoreTck.bytes("1")).put("all", StoreTck.bytes("1")))
                    .revision();
            guarantees.wrote(revision, List.of("all", key));
        }
        guarantees.check(0, seen.changes());
    }

    private static StoreTck.Opening opening(UnaryOperator<Store> changed) {
        return (folder, clock) -> changed.apply(MemoryStore.open(clock, clock));
    }

    private static Fact watches(Consumer<WatchTck> fact) {
        return changed -> run(new WatchTck(opening(changed)) {}, fact);
    }

    private static Fact transactions(Consumer<TransactionTck> fact) {
        return changed -> run(new TransactionTck(opening(changed)) {}, fact);
    }

    private static Fact ranges(Consumer<RangeTck> fact) {
        return changed -> run(new RangeTck(opening(changed)) {}, fact);
    }

    private static Fact leases(Consumer<LeaseTck> fact) {
        return changed -> run(new LeaseTck(opening(changed)) {}, fact);
    }

    private static <T extends StoreTck> ThrowingCallable run(T tck, Consumer<T> fact) {
        return () -> {
            tck.open();
            try {
                fact.accept(tck);
            } finally {
                tck.close();
            }
        };
    }
}
