package io.tulle.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.api.resource.TrafficPolicy.OutlierDetection;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.ScriptedCall;
import io.tulle.core.fixture.TestRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointGroupTest {
    private static final String ORIGINS = "io.tulle.core.fixture.TestClock#origins";
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final OutlierDetection EAGER = OutlierDetection.builder()
            .consecutiveFailures(1)
            .ejectionTime(Duration.ofSeconds(10), Duration.ofMinutes(5))
            .maxEjectionPercent(100)
            .panicThresholdPercent(0)
            .build();

    private static final OutlierDetection CAPPED = OutlierDetection.builder()
            .consecutiveFailures(1)
            .ejectionTime(Duration.ofSeconds(10), Duration.ofMinutes(5))
            .maxEjectionPercent(50)
            .panicThresholdPercent(50)
            .build();

    private final SplittableRandom random = new SplittableRandom(8);
    private Rig rig = new Rig(77);

    /** A place for a pick, which remembers what its call has tried. */
    private static final class Place extends Pick {
        final Set<Endpoint> tried = new HashSet<>();
        boolean lost; // there

        @Override
        protected boolean tried(Endpoint candidate) {
            return tried.contains(candidate);
        }

        @Override
        protected boolean lost(Endpoint candidate) {
            return lost && tried(candidate);
        }

        long proof() {
            return ticket();
        }
    }

    private Rig rig(OutlierDetection outlier, String... names) {
        rig = rig(77, outlier).instances(names).apply();
        return rig;
    }

    /** In turn, so that what is picked does not depend on what it costs. */
    private static Rig rig(long origin, OutlierDetection outlier) {
        return new Rig(origin)
                .policy(spec -> spec.withOutlierDetection(outlier)
                        .withLoadBalancer(TrafficPolicy.LoadBalancer.of(TrafficPolicy.Algorithm.ROUND_ROBIN)));
    }

    private EndpointGroup group() {
        return rig.shop().whole();
    }

    private Place pick() {
        return pick(Reachable.ALL);
    }

    private Place pick(Reachable reachable) {
        Place place = new Place();
        group().pick(place, reachable, random::nextLong, rig.clock.nanos());
        return place;
    }

    /** Picks and is done at once; returns the host, or the refusal. */
    private String pickAndEnd() {
        Place place = pick();
        if (place.endpoint() == null) {
            return String.valueOf(place.refusal());
        }
        group().succeeded(place.endpoint(), place.proof(), MILLI, rig.clock.nanos());
        group().ended(place.endpoint());
        return place.endpoint().host();
    }

    /** Picks, and nothing is known of what becomes of it. */
    private String pickAndLeave() {
        Place place = pick();
        group().ended(place.endpoint());
        return place.endpoint().host();
    }

    private Map<String, Integer> picks(int count) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            counts.merge(pickAndEnd(), 1, Integer::sum);
        }
        return counts;
    }

    private void eject(String... names) {
        for (String name : names) {
            fail(name);
            assertThat(rig.endpoint(name).healthy()).isFalse();
        }
    }

    private void fail(String name) {
        Endpoint endpoint = rig.endpoint(name);
        endpoint.state().load().begin();
        group().failed(endpoint, endpoint.state().health().admit(), MILLI, rig.clock.nanos());
        group().ended(endpoint);
    }

    @Test
    void aPickIsCountedInFlightUntilItEnds() {
        rig(EAGER, "a");
        Place place = pick();
        assertThat(place.endpoint()).isEqualTo(rig.endpoint("a"));
        assertThat(place.refusal()).isNull();
        assertThat(place.panic()).isFalse();
        assertThat(rig.inFlight()).isEqualTo(1);
        group().ended(place.endpoint());
        assertThat(rig.inFlight()).isZero();
    }

    @Test
    void anEjectedEndpointIsNotPicked() {
        rig(EAGER, "a", "b", "c");
        eject("b");
        assertThat(picks(200)).containsOnlyKeys("a", "c");
    }

    @Test
    void whoFailsWhileTheCapIsReachedIsUnhealthyToThePanicRuleAndBringsATrialForward() {
        rig(CAPPED, "a", "b", "c", "d");
        eject("a", "b");
        assertThat(group().panic()).isFalse();

        fail("c");
        assertThat(rig.endpoint("c").healthy()).isTrue();
        assertThat(group().panic()).isTrue();
        assertThat(pickAndLeave()).as("trial").isEqualTo("a");
        assertThat(List.of(pickAndLeave(), pickAndLeave(), pickAndLeave(), pickAndLeave()))
                .containsExactlyInAnyOrder("a", "b", "c", "d");

        Endpoint back = rig.endpoint("c");
        back.state().load().begin();
        group().succeeded(back, back.state().health().admit(), MILLI, rig.clock.nanos());
        group().ended(back);
        assertThat(group().panic()).isFalse();
        assertThat(picks(4)).containsOnlyKeys("c", "d");
    }

    @Test
    void aCallThatWasLostAtEveryHealthyEndpointGoesToAnEjectedOne() {
        rig(CAPPED, "a", "b");
        eject("a");
        Place place = new Place();
        place.tried.add(rig.endpoint("b"));
        group().pick(place, Reachable.ALL, random::nextLong, rig.clock.nanos());
        assertThat(place.endpoint()).as("b has answered").isEqualTo(rig.endpoint("b"));
        group().ended(place.endpoint());

        place.lost = true;
        group().pick(place, Reachable.ALL, random::nextLong, rig.clock.nanos());
        assertThat(place.endpoint()).isEqualTo(rig.endpoint("a"));
        assertThat(place.panic()).isTrue();
        group().ended(place.endpoint());

        place.tried.add(rig.endpoint("a"));
        group().pick(place, Reachable.ALL, random::nextLong, rig.clock.nanos());
        assertThat(place.endpoint()).as("healthy before ejected").isEqualTo(rig.endpoint("b"));
        group().ended(place.endpoint());
    }

    @Test
    void allEjectedWithoutPanicIsRefused() {
        rig(EAGER, "a", "b");
        eject("a", "b");
        assertThat(pickAndEnd()).isEqualTo("NO_HEALTHY_ENDPOINT");
        assertThat(group().panic()).isFalse();
    }

    @Test
    void noEndpointsAtAllIsRefused() {
        rig(OutlierDetection.DEFAULT);
        assertThat(pickAndEnd()).isEqualTo("NO_ENDPOINTS");
        assertThat(group().panic()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"49, false", "50, false", "50.5, true", "51, true", "100, true", "0, false"})
    void panicBeginsBelowTheThreshold(double threshold, boolean panic) {
        rig(
                OutlierDetection.builder()
                        .consecutiveFailures(1)
                        .maxEjectionPercent(100)
                        .panicThresholdPercent(threshold)
                        .build(),
                "a",
                "b",
                "c",
                "d");
        eject("a", "b");
        assertThat(group().panic()).isEqualTo(panic);
        assertThat(picks(300).keySet()).hasSize(panic ? 4 : 2);
    }

    @Test
    void inPanicOnlyAPickOfAnEjectedEndpointSaysSo() {
        rig(
                OutlierDetection.builder()
                        .consecutiveFailures(1)
                        .maxEjectionPercent(100)
                        .panicThresholdPercent(100)
                        .build(),
                "a",
                "b");
        eject("a");
        for (int i = 0; i < 50; i++) {
            Place place = pick();
            assertThat(place.panic()).isEqualTo(place.endpoint().host().equals("a"));
            group().ended(place.endpoint());
        }
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void anEjectedEndpointGetsOneTrialWhenItsTimeHasPassed(long origin) {
        rig = rig(origin, EAGER).instances("a", "b").apply();
        eject("a");
        rig.clock.advanceNanos(10 * SECOND - 1);
        assertThat(picks(20)).containsOnlyKeys("b");
        rig.clock.advanceNanos(1);
        Place trial = pick();
        assertThat(trial.endpoint()).isEqualTo(rig.endpoint("a"));
        assertThat(picks(20)).as("while the trial is out").containsOnlyKeys("b");
        group().succeeded(trial.endpoint(), trial.proof(), MILLI, rig.clock.nanos());
        group().ended(trial.endpoint());
        assertThat(rig.endpoint("a").healthy()).isTrue();
        assertThat(picks(50)).containsOnlyKeys("a", "b");
        assertThat(rig.journal.lines()).containsExactly("ejected a CONSECUTIVE_FAILURES", "returned a");
    }

    @Test
    void aTrialThatIsAbandonedIsDueAgainAtOnce() {
        rig(EAGER, "a", "b");
        eject("a");
        rig.clock.advanceNanos(10 * SECOND);
        Place trial = pick();
        group().abandoned(trial.endpoint(), trial.proof(), 0, rig.clock.nanos());
        group().ended(trial.endpoint());
        assertThat(pick().endpoint()).isEqualTo(rig.endpoint("a"));
    }

    @Test
    void aFailedTrialIsEjectedForLonger() {
        rig(EAGER, "a", "b");
        eject("a");
        rig.clock.advanceNanos(10 * SECOND);
        Place trial = pick();
        group().failed(trial.endpoint(), trial.proof(), MILLI, rig.clock.nanos());
        group().ended(trial.endpoint());
        rig.clock.advanceNanos(20 * SECOND - 1);
        assertThat(picks(20)).containsOnlyKeys("b");
        rig.clock.advanceNanos(1);
        assertThat(pick().endpoint()).isEqualTo(rig.endpoint("a"));
    }

    @Test
    void inPanicOnlyTheTrialDecidesAboutAnEndpointOnTrial() {
        rig(
                OutlierDetection.builder()
                        .consecutiveFailures(1)
                        .maxEjectionPercent(100)
                        .panicThresholdPercent(100)
                        .build(),
                "a");
        eject("a");
        rig.clock.advanceNanos(10 * SECOND);
        Place trial = pick();
        Place other = pick();
        assertThat(trial.panic()).isFalse();
        assertThat(other.panic()).isTrue();
        group().failed(other.endpoint(), other.proof(), MILLI, rig.clock.nanos());
        group().abandoned(other.endpoint(), other.proof(), MILLI, rig.clock.nanos());
        group().succeeded(other.endpoint(), other.proof(), MILLI, rig.clock.nanos());
        assertThat(rig.endpoint("a").healthy()).isFalse();
        group().succeeded(trial.endpoint(), trial.proof(), MILLI, rig.clock.nanos());
        assertThat(rig.endpoint("a").healthy()).isTrue();
    }

    @Test
    void aTrialGoesOnlyWhereTheDriverCanSendAndTheCallHasNotBeen() {
        rig(EAGER, "a", "b");
        eject("a");
        rig.clock.advanceNanos(10 * SECOND);
        assertThat(pick(endpoint -> !endpoint.host().equals("a")).endpoint()).isEqualTo(rig.endpoint("b"));
        Place place = new Place();
        place.tried.add(rig.endpoint("a"));
        group().pick(place, Reachable.ALL, random::nextLong, rig.clock.nanos());
        assertThat(place.endpoint()).isEqualTo(rig.endpoint("b"));
        assertThat(pick().endpoint()).isEqualTo(rig.endpoint("a"));
    }

    @Test
    void theSecondOfTwoDueEndpointsGetsItsTrialFromTheNextCall() {
        rig(EAGER, "a", "b", "c");
        eject("a", "b");
        rig.clock.advanceNanos(10 * SECOND);
        assertThat(List.of(pick().endpoint().host(), pick().endpoint().host())).containsExactlyInAnyOrder("a", "b");
        assertThat(pick().endpoint().host()).isEqualTo("c");
    }

    @Test
    void aTrialThatTheConcurrencyLimitRefusesIsGivenBack() {
        rig(EAGER, "a", "b");
        rig.policy(spec -> spec.withConcurrencyLimit(new TrafficPolicy.ConcurrencyLimit(1)))
                .apply();
        Endpoint a = rig.endpoint("a");
        a.state().load().begin();
        group().failed(a, a.state().health().admit(), MILLI, rig.clock.nanos());
        rig.clock.advanceNanos(10 * SECOND);
        Place place = pick();
        assertThat(place.endpoint().host()).isEqualTo("b");
        assertThat(a.inFlight()).isEqualTo(1);
        group().ended(a);
        assertThat(pick().endpoint()).isEqualTo(a);
    }

    @Test
    void whatWasTriedIsAvoidedUnlessNothingElseIsLeft() {
        rig(EAGER, "a", "b", "c");
        for (int i = 0; i < 50; i++) {
            Place place = new Place();
            Set<String> seen = new HashSet<>();
            for (int attempt = 0; attempt < 3; attempt++) {
                group().pick(place, Reachable.ALL, random::nextLong, rig.clock.nanos());
                seen.add(place.endpoint().host());
                place.tried.add(place.endpoint());
                group().ended(place.endpoint());
            }
            assertThat(seen).hasSize(3);
            group().pick(place, Reachable.ALL, random::nextLong, rig.clock.nanos());
            assertThat(place.endpoint()).isNotNull();
            group().ended(place.endpoint());
        }
    }

    @Test
    void anEjectedEndpointThatCanBeReachedIsBetterThanAHealthyOneThatCannot() {
        rig(
                OutlierDetection.builder()
                        .consecutiveFailures(1)
                        .maxEjectionPercent(100)
                        .panicThresholdPercent(50)
                        .build(),
                "a",
                "b");
        eject("a");
        assertThat(group().panic()).isFalse();

        Place place = pick(endpoint -> endpoint.host().equals("a"));

        assertThat(place.endpoint()).isEqualTo(rig.endpoint("a"));
        assertThat(place.panic()).isTrue();
    }

    /** Picks where the healthy one of {@link #threeOfFourAreEjected} cannot be reached. */
    private Place pickWithoutD(String... tried) {
        Place place = new Place();
        for (String name : tried) {
            place.tried.add(rig.endpoint(name));
        }
        group().pick(place, endpoint -> !endpoint.host().equals("d"), random::nextLong, rig.clock.nanos());
        return place;
    }

    private void threeOfFourAreEjected() {
        rig(
                OutlierDetection.builder()
                        .consecutiveFailures(1)
                        .maxEjectionPercent(100)
                        .panicThresholdPercent(25)
                        .build(),
                "a",
                "b",
                "c",
                "d");
        eject("a", "b", "c");
        assertThat(group().panic()).isFalse();
    }

    @Test
    void callsThatOnlyEjectedEndpointsCanTakeSpreadOverAllOfThem() {
        threeOfFourAreEjected();
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            Place place = pickWithoutD();
            assertThat(place.panic()).isTrue();
            counts.merge(place.endpoint().host(), 1, Integer::sum);
            group().ended(place.endpoint());
        }
        assertThat(counts).containsOnlyKeys("a", "b", "c");
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(60, 140)); // 5 deviations of 8.2
    }

    @Test
    void anEjectedEndpointThatWasTriedIsBetterThanNone() {
        threeOfFourAreEjected();
        for (int i = 0; i < 20; i++) {
            assertThat(pickWithoutD("a", "b").endpoint()).isEqualTo(rig.endpoint("c"));
            assertThat(pickWithoutD("a", "b", "c").endpoint()).isNotNull();
        }
    }

    @Test
    void anEjectedEndpointWithRoomIsFoundBesideOneThatIsFull() {
        threeOfFourAreEjected();
        rig.policy(spec -> spec.withConcurrencyLimit(new TrafficPolicy.ConcurrencyLimit(1)))
                .apply();
        rig.endpoint("a").state().load().begin();
        for (int i = 0; i < 20; i++) {
            Place place = pickWithoutD("b");
            assertThat(place.endpoint()).isEqualTo(rig.endpoint("c"));
            group().ended(place.endpoint());
        }
        rig.endpoint("c").state().load().begin();
        assertThat(pickWithoutD("b").endpoint()).as("tried, but with room").isEqualTo(rig.endpoint("b"));
        assertThat(pickWithoutD().refusal())
                .as("all that can be reached are full")
                .isEqualTo(Verdict.OVERLOADED);
    }

    @Test
    void anEjectedEndpointIsNotCalledWhenAHealthyOneIsComing() {
        rig(OutlierDetection.builder().consecutiveFailures(1).build(), "a", "b");
        eject("a");

        Place place = pick(new Reachable() {
            @Override
            public boolean test(Endpoint endpoint) {
                return endpoint.host().equals("a");
            }

            @Override
            public boolean soon() {
                return true;
            }
        });

        assertThat(place.endpoint()).isNull();
        assertThat(place.refusal()).isNull();
    }

    @Test
    void noEjectedEndpointIsCalledWhenPanicIsOff() {
        rig(EAGER, "a", "b");
        eject("a");

        assertThat(pick(endpoint -> endpoint.host().equals("a")).endpoint()).isNull();
    }

    @Test
    void theOneReachableEndpointIsFoundAmongMany() {
        String[] names = new String[50];
        for (int i = 0; i < names.length; i++) {
            names[i] = "n" + i;
        }
        rig(EAGER, names);
        for (int i = 0; i < 50; i++) {
            String only = names[i];
            Place place = pick(endpoint -> endpoint.host().equals(only));
            assertThat(place.endpoint().host()).isEqualTo(only);
        }
    }

    @Test
    void whenNothingIsReachableTheDriverWaits() {
        rig(EAGER, "a", "b");
        Place place = pick(endpoint -> false);
        assertThat(place.endpoint()).isNull();
        assertThat(place.refusal()).isNull();
        assertThat(rig.inFlight()).isZero();
    }

    @Test
    void anEndpointWithRoomIsFoundThoughAFullOneLooksBetter() {
        rig(EAGER, "a", "b");
        rig.policy(spec -> spec.withConcurrencyLimit(new TrafficPolicy.ConcurrencyLimit(1))
                        .withLoadBalancer(TrafficPolicy.LoadBalancer.DEFAULT))
                .apply();
        long now = rig.clock.nanos();
        rig.endpoint("a").state().load().observe(MILLI, now, group().service().decay());
        rig.endpoint("b")
                .state()
                .load()
                .observe(100 * MILLI, now, group().service().decay());
        assertThat(pick().endpoint().host()).isEqualTo("a");
        assertThat(pick().endpoint().host()).isEqualTo("b");
        Place full = pick();
        assertThat(full.endpoint()).isNull();
        assertThat(full.refusal()).isEqualTo(Verdict.OVERLOADED);
        assertThat(rig.inFlight()).isEqualTo(2);
    }

    @Test
    void aTriedEndpointWithRoomIsBetterThanAFullOne() {
        rig(EAGER, "a", "b");
        rig.policy(spec -> spec.withConcurrencyLimit(new TrafficPolicy.ConcurrencyLimit(1)))
                .apply();
        rig.endpoint("a").state().load().begin();
        for (int i = 0; i < 20; i++) {
            Place place = new Place();
            place.tried.add(rig.endpoint("b"));
            group().pick(place, Reachable.ALL, random::nextLong, rig.clock.nanos());
            assertThat(place.endpoint().host()).isEqualTo("b");
            group().ended(place.endpoint());
        }
    }

    @Test
    void aDrainingEndpointTakesNothingWhileAnotherIsThere() {
        rig(EAGER, "a", "b", "c").draining("a").apply();
        assertThat(picks(100)).containsOnlyKeys("b", "c");
        rig.draining("a", "b", "c").apply();
        assertThat(picks(100)).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void aDrainingEndpointGetsNoTrial() {
        rig(EAGER, "a", "b");
        eject("a");
        rig.draining("a").apply();
        rig.clock.advanceNanos(10 * SECOND);
        assertThat(picks(20)).containsOnlyKeys("b");
        rig.draining().apply();
        assertThat(pick().endpoint().host()).isEqualTo("a");
    }

    @Test
    void drainingEndpointsDoNotCountForPanic() {
        rig(
                        OutlierDetection.builder()
                                .consecutiveFailures(1)
                                .maxEjectionPercent(100)
                                .panicThresholdPercent(50)
                                .build(),
                        "a",
                        "b",
                        "c",
                        "d")
                .draining("c", "d")
                .apply();
        eject("a");
        assertThat(group().panic()).isFalse();
        eject("b");
        assertThat(group().panic()).isTrue();
    }

    @Test
    void anEjectionSurvivesAConfigurationAndAPolicyChangeTakesEffect() {
        rig(EAGER, "a", "b");
        eject("a");
        rig.instances("a", "b", "c").apply();
        assertThat(picks(100)).containsOnlyKeys("b", "c");
        rig.policy(spec -> spec.withOutlierDetection(OutlierDetection.builder()
                        .consecutiveFailures(2)
                        .panicThresholdPercent(100)
                        .build()))
                .apply();
        assertThat(group().panic()).isTrue();
        assertThat(picks(100)).containsOnlyKeys("a", "b", "c");
        Endpoint b = rig.endpoint("b");
        group().failed(b, b.state().health().admit(), MILLI, rig.clock.nanos());
        assertThat(b.healthy()).isTrue();
    }

    @Test
    void roundRobinTakesTurns() {
        rig(EAGER, "a", "b", "c");
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            turns.add(pickAndEnd());
        }
        assertThat(turns.subList(0, 3)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(turns.subList(3, 6)).isEqualTo(turns.subList(0, 3));
        assertThat(turns.subList(6, 9)).isEqualTo(turns.subList(0, 3));
    }

    @Test
    void aFailureCostsAtLeastThePenalty() {
        rig(OutlierDetection.DEFAULT, "a");
        Endpoint a = rig.endpoint("a");
        long now = rig.clock.nanos();
        group().failed(a, a.state().health().admit(), MILLI, now);
        assertThat(a.state().load().cost(now, group().service().decay())).isEqualTo(SECOND);
        group().failed(a, a.state().health().admit(), 3 * SECOND, now);
        assertThat(a.state().load().cost(now, group().service().decay())).isEqualTo(3 * SECOND);
    }

    @Test
    void aFailingHeadCostsThePenaltyAndAGoodOneItsLatency() {
        rig(OutlierDetection.DEFAULT, "a", "b");
        Endpoint a = rig.endpoint("a");
        Endpoint b = rig.endpoint("b");
        long now = rig.clock.nanos();
        group().failed(a, a.state().health().admit(), MILLI, now);
        group().succeeded(b, b.state().health().admit(), MILLI, now);
        assertThat(a.state().load().cost(now, group().service().decay())).isEqualTo(SECOND);
        assertThat(b.state().load().cost(now, group().service().decay())).isEqualTo(MILLI);
    }

    @Test
    void anAbandonedAttemptWasAtLeastThatSlow() {
        rig(OutlierDetection.DEFAULT, "a");
        Endpoint a = rig.endpoint("a");
        long now = rig.clock.nanos();
        group().abandoned(a, a.state().health().admit(), 40 * MILLI, now);
        assertThat(a.state().load().cost(now, group().service().decay())).isEqualTo(40 * MILLI);
    }

    @Test
    void aStreamThatBreaksAfterAnHourWasNotSlow() {
        rig(OutlierDetection.DEFAULT, "a");
        ScriptedCall call = rig.call(TestRequest.get("/"), MeshCallOptions.DEFAULT.withDeadline(Duration.ofHours(2)));
        call.start();
        rig.clock.advanceNanos(MILLI);
        call.head(1, 200);
        rig.clock.advance(Duration.ofHours(1));
        call.fail(1, TransportError.RESET, Processed.YES);
        assertThat(rig.endpoint("a")
                        .state()
                        .load()
                        .cost(rig.clock.nanos(), group().service().decay()))
                .as("the penalty of a failure, not the length of the stream")
                .isEqualTo(SECOND);
    }

    @Test
    void anAttemptThatFailsBeforeItsHeadCostsWhatItTook() {
        rig(OutlierDetection.DEFAULT, "a");
        ScriptedCall call = rig.get();
        call.start();
        rig.clock.advanceNanos(3 * SECOND);
        call.fail(1, TransportError.RESET, Processed.MAYBE);
        assertThat(rig.endpoint("a")
                        .state()
                        .load()
                        .cost(rig.clock.nanos(), group().service().decay()))
                .isEqualTo(3 * SECOND);
    }
}
