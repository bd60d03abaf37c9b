package io.tulle.core.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Route;
import io.tulle.core.fixture.Threads;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryBudgetTest {
    private static final String ORIGINS = "io.tulle.core.fixture.TestClock#origins";
    private static final long SECOND = 1_000_000_000L;

    private static RetryBudget budget(double percent, double minPerSecond, long now) {
        return new RetryBudget(new Route.RetryBudget(percent, minPerSecond, Duration.ofSeconds(10)), now);
    }

    private static int withdrawAll(RetryBudget budget, long now) {
        int paid = 0;
        while (budget.withdraw(now)) {
            paid++;
        }
        return paid;
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void theFloorAloneAllowsItsRateOverTheWindow(long origin) {
        assertThat(withdrawAll(budget(10, 1, origin), origin)).isEqualTo(10);
        assertThat(withdrawAll(budget(10, 0.35, origin), origin)).isEqualTo(3);
        assertThat(withdrawAll(budget(10, 0, origin), origin)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "7, 100, 7",
        "29, 100, 29",
        "10, 30, 3",
        "10, 39, 3",
        "100, 5, 5",
        "0, 1000, 0",
        "0.5, 200, 1",
        "14, 50, 7",
        "57, 100, 57"
    })
    void theShareIsExact(double percent, int calls, int retries) {
        RetryBudget budget = budget(percent, 0, 0);
        for (int i = 0; i < calls; i++) {
            budget.deposit(0);
        }
        assertThat(budget.balance(0)).isEqualTo(calls * percent / 100);
        assertThat(withdrawAll(budget, 0)).isEqualTo(retries);
    }

    @Test
    void shareAndFloorAddUp() {
        RetryBudget budget = budget(10, 1, 0);
        for (int i = 0; i < 50; i++) {
            budget.deposit(0);
        }
        assertThat(budget.balance(0)).isEqualTo(15);
        assertThat(budget.withdraw(0)).isTrue();
        assertThat(budget.balance(0)).isEqualTo(14);
        assertThat(withdrawAll(budget, 0)).isEqualTo(14);
        assertThat(budget.balance(0)).isZero();
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void whatWasSpentComesBackAfterTheWindow(long origin) {
        RetryBudget budget = budget(10, 1, origin);
        assertThat(withdrawAll(budget, origin)).isEqualTo(10);
        assertThat(budget.withdraw(origin + 10 * SECOND)).isFalse();
        assertThat(withdrawAll(budget, origin + 13 * SECOND)).isEqualTo(10);
    }

    @Test
    void balanceIsNeverNegative() {
        RetryBudget budget = budget(10, 0, 0);
        for (int i = 0; i < 100; i++) {
            budget.deposit(0);
        }
        assertThat(withdrawAll(budget, 9 * SECOND)).isEqualTo(10);
        assertThat(budget.balance(14 * SECOND)).isZero();
    }

    @Test
    void isNeverOverdrawnByThreads() throws Exception {
        for (int round = 0; round < 20; round++) {
            RetryBudget budget = budget(10, 1, round);
            for (int i = 0; i < 1000; i++) {
                budget.deposit(round);
            }
            AtomicInteger paid = new AtomicInteger();
            long now = round;
            Threads.together(8, index -> paid.addAndGet(withdrawAll(budget, now)));
            assertThat(paid).hasValue(110);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 2000})
    void amplificationStaysBelowTheShareWhenEverythingFails(int callsPerSecond) {
        long start = Long.MAX_VALUE - 30 * SECOND;
        RetryBudget budget = budget(10, 1, start);
        int seconds = 120;
        long calls = 0;
        long retries = 0;
        for (int i = 0; i < seconds * callsPerSecond; i++) {
            long now = start + i * (SECOND / callsPerSecond);
            budget.deposit(now);
            calls++;
            for (int retry = 0; retry < 2 && budget.withdraw(now); retry++) {
                retries++;
            }
        }
        // Two windows' edges more than steady state: one at the start, and buckets that leave as a whole.
        double floor = seconds + 2 * 10;
        assertThat((double) retries).isBetween(0.09 * calls, 0.1 * calls + floor);
    }
}
