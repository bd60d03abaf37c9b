package io.tulle.testing.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many attempts arrive at the dead end of a chain, per call that is made at its top, with the defaults of routes and budgets. */
class DeadLeafTest {
    private static final long SEED = 20;

    /** Returns requests at the leaf per call, over fifteen seconds of a steady rate, after fifteen that fill the windows of the budgets. */
    private static double amplification(int tiers, int perSecond, boolean sparing) {
        ManualClock clock = new ManualClock(SEED);
        Tier leaf = new Tier(clock, SEED, null, sparing);
        Tier top = leaf;
        for (int i = 1; i < tiers; i++) {
            top = new Tier(clock, SEED + i, top, sparing);
        }
        run(clock, top, perSecond, Duration.ofSeconds(15));
        long before = leaf.requests;
        long calls = run(clock, top, perSecond, Duration.ofSeconds(15));
        return (double) (leaf.requests - before) / calls;
    }

    private static long run(ManualClock clock, Tier top, int perSecond, Duration duration) {
        long end = clock.nanos() + duration.toNanos();
        arrive(clock, top, 1_000_000_000L / perSecond, end);
        clock.advanceTo(end);
        return duration.toSeconds() * perSecond;
    }

    private static void arrive(ManualClock clock, Tier top, long gap, long end) {
        clock.scheduleCaller(clock.nanos() + gap, () -> {
            top.serve(Map.of(), answer -> {});
            if (clock.nanos() - end < 0) {
                arrive(clock, top, gap, end);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"3, 20", "3, 2000", "4, 20", "4, 2000"})
    void isCalledAFifthMoreOftenAtMost(int tiers, int perSecond) {
        assertThat(amplification(tiers, perSecond, true)).isBetween(1.05, 1.2);
    }

    @ParameterizedTest
    @CsvSource({"3, 20, 1.25", "3, 2000, 1.2", "4, 20, 1.4", "4, 2000, 1.3"})
    void isCalledMoreOftenWhereNobodySaysThatRetriesWereSpent(int tiers, int perSecond, double atLeast) {
        assertThat(amplification(tiers, perSecond, false)).isGreaterThan(atLeast);
    }
}
