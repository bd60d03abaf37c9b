package io.tulle.core.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tulle.core.fixture.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointLoadTest {
    private static final String ORIGINS = "io.tulle.core.fixture.TestClock#origins";
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    private final Decay decay = new Decay(10 * SECOND);
    private final EndpointLoad load = new EndpointLoad();

    @Test
    void countsWhatIsInFlight() {
        assertThat(load.inFlight()).isZero();
        assertThat(load.begin()).isEqualTo(1);
        assertThat(load.begin()).isEqualTo(2);
        assertThat(load.inFlight()).isEqualTo(2);
        load.end();
        assertThat(load.inFlight()).isEqualTo(1);
    }

    @Test
    void inFlightIsExactAcrossThreads() throws Exception {
        Threads.together(4, index -> {
            for (int i = 0; i < 10_000; i++) {
                load.begin();
                load.end();
            }
            load.begin();
        });
        assertThat(load.inFlight()).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void theFirstSampleIsTheAverage(long now) {
        assertThat(load.cost(now, decay)).isZero();
        load.observe(30 * MILLI, now, decay);
        assertThat(load.cost(now, decay)).isEqualTo(30 * MILLI);
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void aPeakIsTakenOverAtOnce(long now) {
        load.observe(10 * MILLI, now, decay);
        load.observe(500 * MILLI, now + 1, decay);
        assertThat(load.cost(now + 1, decay)).isEqualTo(500 * MILLI);
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void aRestartForgetsEverythingElse(long now) {
        load.begin();
        load.observe(1000 * MILLI, now, decay);
        load.restart(10 * MILLI, now + 1);
        assertThat(load.cost(now + 1, decay)).isEqualTo(10 * MILLI);
        assertThat(load.inFlight()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void aPeakIsForgottenWithTheTimeConstant(long now) {
        load.observe(1000 * MILLI, now, decay);
        load.observe(10 * MILLI, now + 10 * SECOND, decay);
        double left = Math.exp(-1);
        assertThat(load.cost(now + 10 * SECOND, decay))
                .isCloseTo(1000 * MILLI * left + 10 * MILLI * (1 - left), within(0.01 * 1000 * MILLI));
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void withoutSamplesTheCostDecays(long now) {
        load.observe(1000 * MILLI, now, decay);
        assertThat(load.cost(now + 20 * SECOND, decay)).isCloseTo(1e9 * Math.exp(-2), within(0.01 * 1e9));
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void aPeakIsForgottenUnderManyFastSamplesToo(long now) {
        load.observe(1000 * MILLI, now, decay);
        long at = now;
        for (int i = 0;
                i < 60_000;
                i++) { // 1,000 a second for a minute: each comes sooner than a thousandth of the constant
            at += MILLI;
            load.observe(2 * MILLI, at, decay);
        }
        assertThat(load.cost(at, decay)).isBetween(1.9 * MILLI, 6.0 * MILLI);
    }

    @Test
    void aSampleBelowOneNanosecondStillCountsAsKnown() {
        load.observe(0, 5, decay);
        assertThat(load.cost(5, decay)).isEqualTo(1);
    }

    @Test
    void aLowerBoundOnlyRaises() {
        load.observe(100 * MILLI, 0, decay);
        load.observeAtLeast(50 * MILLI, 1, decay);
        assertThat(load.cost(1, decay)).isEqualTo(100 * MILLI);
        load.observeAtLeast(100 * MILLI, 1, decay);
        assertThat(load.cost(1, decay)).isEqualTo(100 * MILLI);
        load.observeAtLeast(150 * MILLI, 2, decay);
        assertThat(load.cost(2, decay)).isEqualTo(150 * MILLI);
    }

    @Test
    void aLowerBoundRaisesWhatHasDecayedBelowIt() {
        load.observe(100 * MILLI, 0, decay);
        long later = 20 * SECOND;
        load.observeAtLeast(50 * MILLI, later, decay);
        assertThat(load.cost(later, decay)).isBetween(50.0 * MILLI, 60.0 * MILLI);
    }

    @Test
    void aLowerBoundOfNothingSaysNothing() {
        load.observeAtLeast(0, 0, decay);
        assertThat(load.cost(0, decay)).isZero();
    }

    @Test
    void theLoadIsCostTimesWhatWouldBeInFlight() {
        load.observe(10 * MILLI, 0, decay);
        assertThat(load.load(0, decay)).isEqualTo(10 * MILLI);
        load.begin();
        load.begin();
        assertThat(load.load(0, decay)).isEqualTo(30 * MILLI);
    }

    @Test
    void anUnknownIdleEndpointIsTheBest() {
        assertThat(load.load(0, decay)).isZero();
    }

    @Test
    void anUnknownBusyEndpointIsWorseThanAnyKnownOneAndWorseWithMore() {
        EndpointLoad slow = new EndpointLoad();
        slow.observe(60 * SECOND, 0, decay);
        for (int i = 0; i < 1000; i++) {
            slow.begin();
        }
        load.begin();
        double one = load.load(0, decay);
        assertThat(one).isGreaterThan(slow.load(0, decay));
        load.begin();
        assertThat(load.load(0, decay)).isGreaterThan(one);
    }
}
