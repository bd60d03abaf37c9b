package io.tulle.core.lincheck;

import io.tulle.api.resource.Route;
import io.tulle.core.retry.RetryBudget;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Calls are counted on stripes, retries are paid under a lock: the budget is never overdrawn, and no call is lost to it. */
public class RetryBudgetLincheck {
    private final RetryBudget budget = new RetryBudget(new Route.RetryBudget(50, 0.1, Duration.ofSeconds(10)), 0);

    /** A call: half a retry. */
    @Operation
    public void deposit() {
        budget.deposit(1);
    }

    /** A retry. */
    @Operation
    public boolean withdraw() {
        return budget.withdraw(1);
    }

    @Test
    void isLinearizable() {
        Checks.model().check(getClass());
    }

    @Test
    void isLinearizableUnderStress() {
        Checks.stress().check(getClass());
    }
}
