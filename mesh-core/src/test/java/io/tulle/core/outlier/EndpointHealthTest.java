package io.tulle.core.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.core.fixture.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointHealthTest {
    private static final String ORIGINS = "io.tulle.core.fixture.TestClock#origins";
    private final EndpointHealth health = new EndpointHealth();

    @Test
    void startsHealthyWithAnEmptyWindow() {
        assertThat(health.healthy()).isTrue();
        assertThat(health.ejected()).isFalse();
        assertThat(health.calls()).isZero();
        assertThat(health.failures()).isZero();
        assertThat(health.admit()).isZero();
    }

    @Test
    void theWindowHoldsTheLast63Outcomes() {
        for (int i = 1; i <= 63; i++) {
            health.fail();
            assertThat(health.calls()).isEqualTo(i);
            assertThat(health.failures()).isEqualTo(i);
        }
        health.fail();
        assertThat(health.calls()).isEqualTo(63);
        assertThat(health.failures()).isEqualTo(63);
        for (int i = 62; i >= 0; i--) {
            health.succeed();
            assertThat(health.calls()).isEqualTo(63);
            assertThat(health.failures()).isEqualTo(i);
        }
    }

    @Test
    void aFailureLeavesTheWindowAfter63More() {
        health.fail();
        for (int i = 0; i < 62; i++) {
            health.succeed();
        }
        assertThat(health.failures()).isEqualTo(1);
        health.succeed();
        assertThat(health.failures()).isZero();
        assertThat(health.calls()).isEqualTo(63);
    }

    @Test
    void countsFailuresInARowUntilASuccess() {
        assertThat(health.fail()).isEqualTo(1);
        assertThat(health.fail()).isEqualTo(2);
        health.succeed();
        assertThat(health.fail()).isEqualTo(1);
    }

    @Test
    void aTransitionIsANewGenerationWithACleanRecord() {
        health.fail();
        health.become(EndpointHealth.EJECTED);
        assertThat(health.ejected()).isTrue();
        assertThat(health.healthy()).isFalse();
        assertThat(health.ticket()).isEqualTo(1);
        assertThat(health.calls()).isZero();
        health.become(EndpointHealth.PROBING);
        assertThat(health.ejected()).isFalse();
        assertThat(health.healthy()).isFalse();
        assertThat(health.ticket()).isEqualTo(2);
        health.become(EndpointHealth.HEALTHY);
        assertThat(health.healthy()).isTrue();
        assertThat(health.ticket()).isEqualTo(3);
        assertThat(health.fail()).isEqualTo(1);
    }

    @Test
    void onlyAHealthyEndpointAdmitsWithATicketThatCounts() {
        health.become(EndpointHealth.EJECTED);
        assertThat(health.admit()).isEqualTo(-1);
        health.become(EndpointHealth.PROBING);
        assertThat(health.admit()).isEqualTo(-1);
        health.become(EndpointHealth.HEALTHY);
        assertThat(health.admit()).isEqualTo(health.ticket());
    }

    @ParameterizedTest
    @MethodSource(ORIGINS)
    void forgivesOneEjectionForEachBaseTimeThatItHasBeenBack(long now) {
        long base = 1000;
        assertThat(health.countEjection(now, base)).isEqualTo(1);
        assertThat(health.countRepeatedEjection()).isEqualTo(2);
        assertThat(health.countRepeatedEjection()).isEqualTo(3);
        health.returned(now);
        assertThat(health.countEjection(now + base - 1, base)).isEqualTo(4);
        health.returned(now + base);
        assertThat(health.countEjection(now + 3 * base, base)).isEqualTo(3);
        health.returned(now + 4 * base);
        assertThat(health.countEjection(now + 400 * base, base)).isEqualTo(1);
    }

    @Test
    void aClockThatSeemsToGoBackForgivesNothing() {
        health.countEjection(0, 10);
        health.returned(1000);
        assertThat(health.countEjection(500, 10)).isEqualTo(2);
    }

    @Test
    void threadsLoseNoOutcome() throws Exception {
        Threads.together(8, index -> {
            for (int i = 0; i < 7; i++) {
                if (index % 2 == 0) {
                    health.fail();
                } else {
                    health.succeed();
                }
            }
        });
        assertThat(health.calls()).isEqualTo(56);
        assertThat(health.failures()).isEqualTo(28);
    }
}
