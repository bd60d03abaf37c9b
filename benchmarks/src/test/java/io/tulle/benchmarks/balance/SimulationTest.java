package io.tulle.benchmarks.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
    private static final int CALLS = 20_000;

    private static Spread run(Scenario scenario, Variant variant) {
        return new Simulation(scenario, variant, 1, CALLS).run();
    }

    @Test
    void theSameSeedGivesTheSameResult() {
        assertThat(run(Scenario.STALL, Variant.OURS_WITH_RETRIES))
                .isEqualTo(run(Scenario.STALL, Variant.OURS_WITH_RETRIES));
    }

    @Test
    void roundRobinGivesTheBadServerItsShareAndItsErrors() {
        Spread spread = run(Scenario.FAST_FAIL, Variant.ROUND_ROBIN);

        assertThat(spread.sharePercent()).isCloseTo(10, within(0.1));
        assertThat(spread.errorPercent()).isCloseTo(10, within(0.1));
        assertThat(spread.attemptsPerCall()).isEqualTo(1);
    }

    @Test
    void roundRobinRunsIntoTheDeadlineAtASwallowingServer() {
        assertThat(run(Scenario.BLACK_HOLE, Variant.ROUND_ROBIN).p99Ms()).isCloseTo(1000, within(1.0));
    }

    @Test
    void aHealthyFleetTakesWhatItsWorkTakes() {
        Spread spread = run(Scenario.UNIFORM, Variant.OURS);

        assertThat(spread.errorPercent()).isZero();
        assertThat(spread.p50Ms())
                .isCloseTo(5 + 5 * Math.log(2), within(0.4)); // the median of 5 ms + Exp(5 ms), nobody waits
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_10X", "FAST_FAIL", "BLACK_HOLE"})
    void oursAvoidsTheBadServer(Scenario scenario) {
        assertThat(run(scenario, Variant.OURS).sharePercent()).isLessThan(1);
    }

    @ParameterizedTest
    @EnumSource
    void everyScenarioEnds(Scenario scenario) {
        int calls = scenario == Scenario.RECOVER ? 120_000 : CALLS; // measured from the 20th second on
        Spread spread = new Simulation(scenario, Variant.OURS, 2, calls).run();

        assertThat(spread.p99Ms()).isPositive();
        assertThat(spread.attemptsPerCall()).isGreaterThanOrEqualTo(1);
    }
}
