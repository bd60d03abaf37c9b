package io.tulle.examples.bookshop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ServiceTimeTest {
    @Test
    void liesBetweenFiveAndFortyMilliseconds() {
        assertThat(ServiceTime.nanos(0, Fault.NONE)).isEqualTo(5_000_000);
        assertThat(ServiceTime.nanos(Math.nextDown(1.0), Fault.NONE)).isEqualTo(40_000_000);
    }

    @Test
    void isTenMillisecondsOnAverage() {
        SplittableRandom random = new SplittableRandom(7);

        double mean = random.doubles(100_000)
                .mapToLong(u -> ServiceTime.nanos(u, Fault.NONE))
                .average()
                .orElseThrow();

        assertThat(mean / 1e6).isCloseTo(10, within(0.1));
    }

    @Test
    void slowIsTenTimesThat() {
        assertThat(ServiceTime.nanos(0.5, Fault.SLOW10X))
                .isCloseTo(10 * ServiceTime.nanos(0.5, Fault.NONE), within(10L));
    }
}
