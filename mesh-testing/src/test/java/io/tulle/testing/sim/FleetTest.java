package io.tulle.testing.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Route.Retry;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the default policy makes of a fleet in which one server of ten (number 3) is in trouble. Bounds are those that we publish, with little room: seeds
 * are fixed and time is virtual, so that nothing here depends on the machine.
 */
class FleetTest {
    private static final int BAD = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(12);
    private static final Retry RETRY =
            Retry.builder().attemptTimeout(Duration.ofMillis(250)).build();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void slowServerIsAvoided(long seed) {
        Fleet fleet = Fleet.usual(seed, Retry.NEVER);
        fleet.run(WARM_UP);
        fleet.server(BAD).slowness = 10;
        Fleet.Tally tally = fleet.run(LONG);
        assertThat(tally.percentileMillis(99)).isLessThan(30);
        assertThat(tally.failed()).isZero();
        assertThat(tally.sharePercent(BAD)).isLessThan(0.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void slowServerIsAvoidedByFiftyClientsThatEachSeeLittle(long seed) {
        Fleet fleet = new Fleet(seed, 50, 8, 0.6, Retry.NEVER);
        fleet.run(WARM_UP);
        fleet.server(BAD).slowness = 10;
        Fleet.Tally tally = fleet.run(LONG);
        assertThat(tally.percentileMillis(99)).isLessThan(31);
        assertThat(tally.failed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void serverThatFailsFastAttractsNothing(long seed) {
        Fleet fleet = Fleet.usual(seed, Retry.NEVER);
        fleet.run(WARM_UP);
        fleet.server(BAD).failsFast = true;
        assertThat(fleet.run(LONG).failedPercent()).isBetween(0.001, 0.05);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noCallFailsWhenOneServerFailsFastAndCallsAreRetried(long seed) {
        Fleet fleet = Fleet.usual(seed, RETRY);
        fleet.run(WARM_UP);
        fleet.server(BAD).failsFast = true;
        assertThat(fleet.run(LONG).failed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void blackHoleSwallowsFewCalls(long seed) {
        Fleet fleet = Fleet.usual(seed, Retry.NEVER);
        fleet.run(WARM_UP);
        fleet.server(BAD).swallows = true;
        assertThat(fleet.run(LONG).failedPercent()).isBetween(0.001, 0.1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noCallFailsWhenOneServerSwallowsThemAndAttemptsTimeOut(long seed) {
        Fleet fleet = Fleet.usual(seed, RETRY);
        fleet.run(WARM_UP);
        fleet.server(BAD).swallows = true;
        assertThat(fleet.run(LONG).failed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void healedServerGetsItsShareBack(long seed) {
        Fleet fleet = Fleet.usual(seed, Retry.NEVER);
        fleet.server(BAD).slowness = 10;
        fleet.run(Duration.ofSeconds(10));
        fleet.server(BAD).slowness = 1;
        fleet.run(Duration.ofSeconds(8)); // and two more in which the last calls end
        assertThat(fleet.run(LONG).sharePercent(BAD)).isBetween(8.5, 11.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void serverThatFailedAndIsBackGetsItsShareBack(long seed) {
        Fleet fleet = Fleet.usual(seed, RETRY);
        fleet.run(WARM_UP);
        fleet.server(BAD).failsFast = true;
        fleet.run(Duration.ofSeconds(5));
        fleet.server(BAD).failsFast = false;
        fleet.run(Duration.ofSeconds(
                20)); // ten of ejection, then the penalty of a second is forgotten at 10 s per factor e
        assertThat(fleet.run(Duration.ofSeconds(20)).sharePercent(BAD)).isBetween(7.0, 11.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void fleetOfWhichHalfIsTwiceAsSlowIsBalanced(long seed) {
        Fleet fleet = Fleet.usual(seed, Retry.NEVER);
        for (int i = 1; i < 10; i += 2) {
            fleet.server(i).slowness = 2;
        }
        fleet.run(WARM_UP);
        Fleet.Tally tally = fleet.run(LONG);
        assertThat(tally.percentileMillis(99)).isLessThan(47);
        assertThat(tally.failed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void fewWorkersUnderHighLoadAreBalanced(long seed) {
        Fleet fleet = new Fleet(seed, 5, 2, 0.85, Retry.NEVER);
        fleet.run(WARM_UP);
        assertThat(fleet.run(LONG).percentileMillis(99)).isLessThan(45);
    }
}
