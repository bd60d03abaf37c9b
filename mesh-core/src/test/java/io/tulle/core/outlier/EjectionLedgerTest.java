package io.tulle.core.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.listener.EjectionReason;
import io.tulle.api.resource.TrafficPolicy.OutlierDetection;
import io.tulle.core.fixture.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EjectionLedgerTest {
    private static final String ORIGINS = "io.tulle.core.fixture.TestClock#origins";
    private static final long SECOND = 1_000_000_000L;
    private static final OutlierDetection POLICY = OutlierDetection.builder()
            .consecutiveFailures(3)
            .failureRate(50, 10)
            .ejectionTime(Duration.ofSeconds(10), Duration.ofSeconds(25))
            .maxEjectionPercent(50)
            .build();

    private final EjectionLedger ledger = new EjectionLedger();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private List<EndpointHealth> members = List.of();

    private final class Notes implements EjectionLedger.Observer {
        @Override
        public void ejected(EndpointHealth endpoint, EjectionReason reason, long nanos) {
            told.add(members.indexOf(endpoint) + " " + reason + " " + nanos / SECOND + "s");
        }

        @Override
        public void returned(EndpointHealth endpoint) {
            told.add(members.indexOf(endpoint) + " returned");
        }

        @Override
        public void changed() {
            told.add("changed");
        }
    }

    private EndpointHealth[] configure(OutlierDetection policy, int size) {
        members = Stream.generate(EndpointHealth::new).limit(size).toList();
        ledger.configure(policy, members, new Notes(), () -> told.add("update"));
        assertThat(told).containsExactly("update");
        told.clear();
        return members.toArray(new EndpointHealth[0]);
    }

    private void fail(EndpointHealth endpoint, int times, long now) {
        for (int i = 0; i < times; i++) {
            ledger.failed(endpoint, endpoint.ticket(), now);
        }
    }

    private void succeed(EndpointHealth endpoint, int times, long now) {
        for (int i = 0; i < times; i++) {
            ledger.succeeded(endpoint, endpoint.ticket(), now);
        }
    }

    private EndpointHealth ejected(long now) {
        EndpointHealth endpoint = configure(POLICY, 4)[0];
        fail(endpoint, 3, now);
        assertThat(endpoint.ejected()).isTrue();
        told.clear();
        return endpoint;
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void failuresInARowEject(long now) {
        EndpointHealth endpoint = configure(POLICY, 4)[1];
        fail(endpoint, 2, now);
        assertThat(endpoint.healthy()).isTrue();
        fail(endpoint, 1, now);
        assertThat(endpoint.ejected()).isTrue();
        assertThat(endpoint.ejectedUntil()).isEqualTo(now + 10 * SECOND);
        assertThat(told).containsExactly("changed", "1 CONSECUTIVE_FAILURES 10s");
    }

    @Test
    void whoTheCapSparesIsNoMoreSparedWhenItSucceedsOrIsEjectedAfterAll() {
        EndpointHealth[] all = configure(POLICY, 2);
        fail(all[0], 3, 0);
        told.clear();

        fail(all[1], 5, SECOND);
        assertThat(all[1].healthy()).isTrue();
        assertThat(all[1].spared()).isTrue();
        succeed(all[1], 2, SECOND);
        assertThat(all[1].spared()).isFalse();
        fail(all[1], 3, SECOND);
        assertThat(all[1].spared()).isTrue();
        assertThat(told).containsExactly("changed", "changed", "changed");

        assertThat(ledger.tryProbe(all[0], SECOND)).as("due at once").isNotNegative();
        ledger.succeeded(all[0], all[0].ticket(), SECOND);
        fail(all[1], 1, SECOND);
        assertThat(all[1].healthy()).isFalse();
        assertThat(all[1].spared()).isFalse();
    }

    @Test
    void nobodyIsSparedWhereNobodyIsOut() {
        EndpointHealth[] all = configure(POLICY, 1);
        fail(all[0], 10, 0);
        assertThat(all[0].healthy()).isTrue();
        assertThat(all[0].spared()).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void aSuccessBetweenStartsTheRowAnew() {
        EndpointHealth endpoint = configure(POLICY, 4)[0];
        fail(endpoint, 2, 0);
        succeed(endpoint, 1, 0);
        fail(endpoint, 2, 0);
        assertThat(endpoint.healthy()).isTrue();
    }

    @Test
    void theFailureRateEjectsFromTheMinimumOfCallsOn() {
        EndpointHealth endpoint = configure(POLICY, 4)[0];
        for (int i = 0; i < 4; i++) {
            fail(endpoint, 1, 0);
            succeed(endpoint, 1, 0);
        }
        fail(endpoint, 1, 0); // 5 of 9
        assertThat(endpoint.healthy()).isTrue();
        fail(endpoint, 1, 0); // 6 of 10
        assertThat(endpoint.ejected()).isTrue();
        assertThat(told).containsExactly("changed", "0 FAILURE_RATE 10s");
    }

    @ParameterizedTest
    @CsvSource({"50, 10, 5", "28, 25, 7", "55, 20, 11", "7, 50, 4", "100, 4, 4"})
    void theFailureRateIsExact(double percent, int calls, int failures) {
        OutlierDetection policy = OutlierDetection.builder()
                .consecutiveFailures(0)
                .failureRate(percent, calls)
                .build();
        EndpointHealth endpoint = configure(policy, 4)[0];
        succeed(endpoint, calls - failures, 0);
        fail(endpoint, failures - 1, 0);
        assertThat(endpoint.healthy()).isTrue();
        fail(endpoint, 1, 0);
        assertThat(endpoint.ejected()).isTrue();
    }

    @Test
    void detectorsCanBeTurnedOff() {
        OutlierDetection off = OutlierDetection.builder()
                .consecutiveFailures(0)
                .failureRate(0, 1)
                .build();
        EndpointHealth endpoint = configure(off, 4)[0];
        fail(endpoint, 100, 0);
        assertThat(endpoint.healthy()).isTrue();
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 50, 0",
        "2, 50, 1",
        "3, 50, 1",
        "4, 50, 2",
        "5, 50, 2",
        "10, 30, 3",
        "3, 1, 1",
        "2, 0, 0",
        "4, 100, 4",
        "1, 100, 1",
        "1, 99, 0"
    })
    void noMoreThanTheCapAreOutButOneOfSeveralAlwaysMay(int size, double percent, int expected) {
        OutlierDetection policy = OutlierDetection.builder()
                .consecutiveFailures(1)
                .maxEjectionPercent(percent)
                .build();
        for (EndpointHealth endpoint : configure(policy, size)) {
            fail(endpoint, 1, 0);
        }
        assertThat(members.stream().filter(EndpointHealth::ejected)).hasSize(expected);
    }

    @Test
    void anEndpointOnTrialCountsAgainstTheCap() {
        OutlierDetection policy = OutlierDetection.builder()
                .consecutiveFailures(1)
                .maxEjectionPercent(50)
                .build();
        EndpointHealth[] endpoints = configure(policy, 2);
        fail(endpoints[0], 1, 0);
        assertThat(ledger.tryProbe(endpoints[0], 10 * SECOND)).isPositive();
        fail(endpoints[1], 1, 10 * SECOND);
        assertThat(endpoints[1].healthy()).isTrue();
    }

    @Test
    void whoTheCapSparedIsEjectedByTheNextFailureOnceThereIsRoom() {
        OutlierDetection policy = OutlierDetection.builder()
                .consecutiveFailures(2)
                .maxEjectionPercent(50)
                .build();
        EndpointHealth[] endpoints = configure(policy, 2);
        fail(endpoints[0], 2, 0);
        fail(endpoints[1], 5, 0);
        ledger.succeeded(endpoints[0], ledger.tryProbe(endpoints[0], 10 * SECOND), 10 * SECOND);
        fail(endpoints[1], 1, 10 * SECOND);
        assertThat(endpoints[1].ejected()).isTrue();
    }

    @Test
    void whoIsNoMemberIsNotEjected() {
        configure(POLICY, 4);
        EndpointHealth stranger = new EndpointHealth();
        fail(stranger, 10, 0);
        assertThat(stranger.healthy()).isTrue();
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void aTrialStartsWhenTheEjectionTimeHasPassed(long now) {
        EndpointHealth endpoint = ejected(now);
        assertThat(ledger.tryProbe(endpoint, now + 10 * SECOND - 1)).isEqualTo(-1);
        assertThat(told).isEmpty();
        assertThat(ledger.tryProbe(endpoint, now + 10 * SECOND)).isEqualTo(endpoint.ticket());
        assertThat(endpoint.ejected()).isFalse();
        assertThat(endpoint.healthy()).isFalse();
        assertThat(told).containsExactly("changed");
    }

    @Test
    void thereIsOneTrialAtATimeAndAnOverdueOneIsReplaced() {
        EndpointHealth endpoint = ejected(0);
        long first = ledger.tryProbe(endpoint, 10 * SECOND);
        assertThat(first).isNotNegative();
        assertThat(ledger.tryProbe(endpoint, 10 * SECOND)).isEqualTo(-1);
        assertThat(ledger.tryProbe(endpoint, 20 * SECOND - 1)).isEqualTo(-1);
        long second = ledger.tryProbe(endpoint, 20 * SECOND);
        assertThat(second).isGreaterThan(first);
        assertThat(ledger.succeeded(endpoint, first, 21 * SECOND)).isFalse();
        assertThat(endpoint.healthy()).isFalse();
        assertThat(ledger.succeeded(endpoint, second, 21 * SECOND)).isTrue();
        assertThat(endpoint.healthy()).isTrue();
    }

    @Test
    void aHealthyEndpointNeedsNoTrial() {
        assertThat(ledger.tryProbe(configure(POLICY, 4)[0], 0)).isEqualTo(-1);
    }

    @Test
    void aGoodTrialBringsItBackWithACleanRecord() {
        EndpointHealth endpoint = ejected(0);
        long ticket = ledger.tryProbe(endpoint, 10 * SECOND);
        told.clear();
        ledger.succeeded(endpoint, ticket, 11 * SECOND);
        assertThat(endpoint.healthy()).isTrue();
        assertThat(told).containsExactly("changed", "0 returned");
        fail(endpoint, 2, 11 * SECOND);
        assertThat(endpoint.healthy()).isTrue();
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void eachFailedTrialEjectsForLongerUpToTheLongest(long now) {
        EndpointHealth endpoint = ejected(now);
        long at = now + 10 * SECOND;
        for (int seconds : new int[] {20, 25, 25, 25}) {
            long ticket = ledger.tryProbe(endpoint, at);
            told.clear();
            ledger.failed(endpoint, ticket, at);
            assertThat(endpoint.ejected()).isTrue();
            assertThat(told).containsExactly("changed", "0 PROBE_FAILED " + seconds + "s");
            assertThat(endpoint.ejectedUntil()).isEqualTo(at + seconds * SECOND);
            at += seconds * SECOND;
        }
    }

    @Test
    void theLongestEjectionIsReachedExactlyWhenItIsAMultipleOfTheBase() {
        OutlierDetection policy = OutlierDetection.builder()
                .consecutiveFailures(1)
                .ejectionTime(Duration.ofSeconds(10), Duration.ofSeconds(30))
                .build();
        EndpointHealth endpoint = configure(policy, 4)[0];
        fail(endpoint, 1, 0);
        long at = 0;
        for (int seconds : new int[] {20, 30, 30}) {
            at = endpoint.ejectedUntil();
            ledger.failed(endpoint, ledger.tryProbe(endpoint, at), at);
            assertThat(endpoint.ejectedUntil()).isEqualTo(at + seconds * SECOND);
        }
    }

    @Test
    void timeBackInServiceForgivesEarlierEjections() {
        EndpointHealth endpoint = ejected(0);
        ledger.failed(endpoint, ledger.tryProbe(endpoint, 10 * SECOND), 10 * SECOND);
        ledger.succeeded(endpoint, ledger.tryProbe(endpoint, 30 * SECOND), 30 * SECOND);
        told.clear();
        fail(endpoint, 3, 40 * SECOND); // one base time back: of two ejections one is forgiven
        assertThat(told).containsExactly("changed", "0 CONSECUTIVE_FAILURES 20s");
        ledger.succeeded(endpoint, ledger.tryProbe(endpoint, 60 * SECOND), 60 * SECOND);
        told.clear();
        fail(endpoint, 3, 600 * SECOND);
        assertThat(told).containsExactly("changed", "0 CONSECUTIVE_FAILURES 10s");
    }

    @Test
    void aTrialThatSaysNothingIsDueAgainAtOnce() {
        EndpointHealth endpoint = ejected(0);
        long ticket = ledger.tryProbe(endpoint, 10 * SECOND);
        told.clear();
        ledger.released(endpoint, ticket, 12 * SECOND);
        assertThat(endpoint.ejected()).isTrue();
        assertThat(endpoint.ejectedUntil()).isEqualTo(12 * SECOND);
        assertThat(told).containsExactly("changed");
        assertThat(ledger.tryProbe(endpoint, 12 * SECOND)).isNotNegative();
    }

    @Test
    void releasingAHealthyEndpointsTicketChangesNothing() {
        EndpointHealth endpoint = configure(POLICY, 4)[0];
        fail(endpoint, 2, 0);
        ledger.released(endpoint, endpoint.ticket(), 0);
        assertThat(told).isEmpty();
        fail(endpoint, 1, 0);
        assertThat(endpoint.ejected()).isTrue();
    }

    @Test
    void outcomesOfAnEarlierGenerationAreDropped() {
        EndpointHealth endpoint = configure(POLICY, 4)[0];
        long old = endpoint.ticket();
        fail(endpoint, 3, 0);
        long until = endpoint.ejectedUntil();
        ledger.succeeded(endpoint, old, SECOND);
        ledger.failed(endpoint, old, SECOND);
        ledger.released(endpoint, old, SECOND);
        assertThat(endpoint.ejected()).isTrue();
        assertThat(endpoint.ejectedUntil()).isEqualTo(until);
        long trial = ledger.tryProbe(endpoint, until);
        told.clear();
        ledger.succeeded(endpoint, old, until);
        ledger.failed(endpoint, old, until);
        ledger.released(endpoint, old, until);
        assertThat(told).isEmpty();
        ledger.succeeded(endpoint, trial, until);
        assertThat(endpoint.healthy()).isTrue();
        ledger.failed(endpoint, trial, until);
        ledger.failed(endpoint, old, until);
        assertThat(endpoint.calls()).isZero();
    }

    @Test
    void outcomesOfAnEjectedEndpointSayNothing() {
        EndpointHealth endpoint = ejected(0);
        ledger.succeeded(endpoint, endpoint.ticket(), SECOND);
        ledger.failed(endpoint, endpoint.ticket(), SECOND);
        ledger.released(endpoint, endpoint.ticket(), SECOND);
        assertThat(endpoint.ejected()).isTrue();
        assertThat(endpoint.ejectedUntil()).isEqualTo(10 * SECOND);
        assertThat(told).isEmpty();
    }

    @Test
    void aNewPolicyTakesEffectAndKeepsWhatIsKnown() {
        EndpointHealth endpoint = configure(POLICY, 4)[0];
        fail(endpoint, 2, 0);
        OutlierDetection lenient = OutlierDetection.builder()
                .consecutiveFailures(5)
                .failureRate(0, 1)
                .ejectionTime(Duration.ofSeconds(1), Duration.ofSeconds(1))
                .build();
        ledger.configure(lenient, members, new Notes(), () -> {});
        fail(endpoint, 2, 0);
        assertThat(endpoint.healthy()).isTrue();
        fail(endpoint, 1, 0);
        assertThat(told).contains("0 CONSECUTIVE_FAILURES 1s");
    }

    @Test
    void whoHasLeftIsNotBroughtBack() {
        EndpointHealth endpoint = ejected(0);
        long ticket = ledger.tryProbe(endpoint, 10 * SECOND);
        ledger.configure(POLICY, members.subList(1, 4), new Notes(), () -> {});
        told.clear();
        ledger.succeeded(endpoint, ticket, 11 * SECOND);
        ledger.failed(endpoint, ticket, 11 * SECOND);
        ledger.released(endpoint, ticket, 11 * SECOND);
        assertThat(told).isEmpty();
    }

    @Test
    void aTransitionIsToldToTheObserverThatWasInForceAtIt() {
        EndpointHealth endpoint = ejected(0);
        List<String> later = new ArrayList<>();
        EjectionLedger.Observer laterOne = new EjectionLedger.Observer() {
            @Override
            public void ejected(EndpointHealth any, EjectionReason reason, long nanos) {
                later.add("ejected");
            }

            @Override
            public void returned(EndpointHealth any) {
                later.add("returned");
            }

            @Override
            public void changed() {
                later.add("changed");
            }
        };
        EjectionLedger.Observer replaced = new EjectionLedger.Observer() {
            @Override
            public void ejected(EndpointHealth any, EjectionReason reason, long nanos) {
                told.add("ejected " + reason);
            }

            @Override
            public void returned(EndpointHealth any) {
                told.add("returned");
            }

            @Override
            public void changed() { // as if another thread applied a configuration just after the lock was released
                ledger.configure(POLICY, List.of(), laterOne, () -> {});
            }
        };
        for (int i = 0; i < 3; i++) {
            ledger.configure(POLICY, members, new Notes(), () -> {});
            long ticket = i < 2 ? ledger.tryProbe(endpoint, 1000 * SECOND) : endpoint.ticket();
            ledger.configure(POLICY, members, replaced, () -> {});
            if (i == 0) {
                ledger.failed(endpoint, ticket, 100 * SECOND);
            } else if (i == 1) {
                ledger.succeeded(endpoint, ticket, 1000 * SECOND);
            } else {
                fail(endpoint, 3, 2000 * SECOND);
            }
        }
        assertThat(told)
                .filteredOn(line -> !line.equals("changed"))
                .containsExactly("ejected PROBE_FAILED", "returned", "ejected CONSECUTIVE_FAILURES");
        assertThat(later).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void theEarliestTrialIsThatOfTheFirstEjectionToEnd(long now) {
        EndpointHealth[] endpoints = configure(POLICY, 6);
        assertThat(EjectionLedger.earliestProbe(members, 42)).isEqualTo(42);
        fail(endpoints[1], 3, now + 5);
        fail(endpoints[2], 3, now + 2);
        fail(endpoints[3], 3, now + 7);
        assertThat(EjectionLedger.earliestProbe(members, 42)).isEqualTo(now + 2 + 10 * SECOND);
        ledger.tryProbe(endpoints[2], now + 2 + 10 * SECOND);
        assertThat(EjectionLedger.earliestProbe(members, 42)).isEqualTo(now + 5 + 10 * SECOND);
    }

    @Test
    void threadsTogetherEjectOnceAndNotBeyondTheCap() throws Exception {
        for (int round = 0; round < 50; round++) {
            told.clear();
            EndpointHealth[] endpoints = configure(POLICY, 8);
            Threads.together(8, index -> {
                for (int i = 0; i < 40; i++) {
                    EndpointHealth endpoint = endpoints[(index + i) % 8];
                    ledger.failed(endpoint, endpoint.ticket(), 0);
                }
            });
            assertThat(members.stream().filter(EndpointHealth::ejected)).hasSize(4);
            assertThat(told.stream().filter(line -> line.contains("s") && !line.equals("changed")))
                    .hasSize(4);
        }
    }

    @Test
    void threadsTogetherStartOneTrial() throws Exception {
        for (int round = 0; round < 50; round++) {
            told.clear();
            EndpointHealth endpoint = ejected(0);
            AtomicInteger trials = new AtomicInteger();
            Threads.together(8, index -> {
                if (ledger.tryProbe(endpoint, 10 * SECOND) >= 0) {
                    trials.incrementAndGet();
                }
            });
            assertThat(trials).hasValue(1);
        }
    }

    @Test
    void underStressGenerationsOnlyGrowAndEveryReturnHasItsTrial() throws Exception {
        EndpointHealth[] endpoints = configure(POLICY, 4);
        long[] clock = {0};
        Threads.together(4, index -> {
            for (int i = 0; i < 3000; i++) {
                EndpointHealth endpoint = endpoints[(i + index) % 4];
                long now;
                synchronized (clock) {
                    now = clock[0] += SECOND / 8;
                }
                long ticket = ledger.tryProbe(endpoint, now);
                boolean trial = ticket >= 0;
                ticket = trial ? ticket : endpoint.admit();
                assertThat(endpoint.ticket()).isGreaterThanOrEqualTo(ticket);
                switch ((i * 7 + index) % 5) {
                    case 0 -> ledger.released(endpoint, ticket, now);
                    case 1 -> ledger.succeeded(endpoint, ticket, now);
                    default -> ledger.failed(endpoint, ticket, now);
                }
            }
        });
        long returned = told.stream().filter(line -> line.endsWith("returned")).count();
        long out = told.stream()
                .filter(line -> line.contains("CONSECUTIVE") || line.contains("RATE"))
                .count();
        long still = IntStream.range(0, 4).filter(i -> !endpoints[i].healthy()).count();
        assertThat(out).isPositive().isEqualTo(returned + still);
        assertThat(still).isLessThanOrEqualTo(2);
    }
}
