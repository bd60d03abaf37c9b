package io.tulle.benchmarks.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BalanceReportTest {
    private static final Spread GOOD = new Spread(8, 29, 60, 0, 0.1, 1);
    private static final Spread BAD = new Spread(8, 31, 60, 0, 0.1, 1);

    private static Balanced balanced(Spread... runs) {
        return Balanced.of(Scenario.SLOW_10X, Variant.OURS, List.of(runs));
    }

    @Test
    void aPromiseIsKeptByTheMedianRun() {
        assertThat(BalanceReport.lines(List.of(balanced(GOOD, GOOD, BAD)))).anyMatch(line -> line.endsWith("yes"));
        assertThat(BalanceReport.lines(List.of(balanced(BAD, GOOD, BAD)))).anyMatch(line -> line.endsWith("NO"));
    }

    @Test
    void aPromiseReadsAsABound() {
        assertThat(Scenario.SLOW_10X.promises())
                .extracting(Promise::text)
                .containsExactly("p99 <= 30", "errors % <= 0");
        assertThat(Scenario.RECOVER.promises()).extracting(Promise::text).containsExactly("share % >= 8.5");
    }

    @Test
    void fieldsHaveTheirStableNames() {
        assertThat(balanced(GOOD).fields())
                .containsEntry("name", "slow10x")
                .containsEntry("variant", "ours")
                .containsKeys("p50Ms", "p99Ms", "p999Ms", "errorPercent", "sharePercent");
    }
}
