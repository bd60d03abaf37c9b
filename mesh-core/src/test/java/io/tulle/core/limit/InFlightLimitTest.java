package io.tulle.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightLimitTest {
    @Test
    void admitsUpToTheLimitAndNotMore() {
        InFlightLimit limit = new InFlightLimit(3);
        assertThat(limit.tryAdmit(1)).isZero();
        assertThat(limit.tryAdmit(3)).isZero();
        assertThat(limit.tryAdmit(4)).isEqualTo(InFlightLimit.REJECTED).isNegative();
    }

    @Test
    void noLimitAdmitsEverything() {
        assertThat(InFlightLimit.NONE.tryAdmit(Integer.MAX_VALUE)).isZero();
    }
}
