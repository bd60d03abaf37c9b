package io.tulle.core.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.core.fixture.Threads;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InboundGateTest {
    private final InboundGate gate = new InboundGate();

    @Test
    void admitsUpToTheLimitAndAgainWhenAPlaceIsGivenBack() {
        assertThat(gate.tryAdmit(1, 2)).isNotNegative();
        assertThat(gate.tryAdmit(1, 2)).isNotNegative();
        assertThat(gate.tryAdmit(1, 2)).isEqualTo(InboundGate.OVERLOADED).isNegative();
        assertThat(gate.inFlight()).isEqualTo(2);

        gate.released();

        assertThat(gate.tryAdmit(1, 2)).isNotNegative();
        assertThat(gate.inFlight()).isEqualTo(2);
    }

    @Test
    void whatNobodyWaitsForIsRefusedBeforeItIsCounted() {
        assertThat(gate.tryAdmit(0, 1)).isEqualTo(InboundGate.EXPIRED).isNegative();
        assertThat(gate.tryAdmit(-5, Integer.MAX_VALUE)).isEqualTo(InboundGate.EXPIRED);
        assertThat(gate.inFlight()).isZero();
        assertThat(gate.tryAdmit(1, 1)).isNotNegative();
        assertThat(gate.tryAdmit(0, 1)).isEqualTo(InboundGate.EXPIRED);
    }

    @Test
    void withoutALimitItCountsAllTheSame() {
        for (int i = 0; i < 1000; i++) {
            assertThat(gate.tryAdmit(Long.MAX_VALUE, Integer.MAX_VALUE)).isNotNegative();
        }
        assertThat(gate.inFlight()).isEqualTo(1000);
        assertThat(gate.tryAdmit(1, 1000)).isEqualTo(InboundGate.OVERLOADED);
        assertThat(gate.tryAdmit(1, 1001)).isNotNegative();
    }

    @Test
    void threadsNeverExceedTheLimitAndGiveEverythingBack() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger admitted = new AtomicInteger();
        Threads.together(4, index -> {
            for (int i = 0; i < 20_000; i++) {
                if (gate.tryAdmit(1, 3) >= 0) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    admitted.incrementAndGet();
                    inside.decrementAndGet();
                    gate.released();
                }
            }
        });
        assertThat(most).hasValueBetween(1, 3);
        assertThat(admitted.get()).isBetween(20_000, 80_000);
        assertThat(gate.inFlight()).isZero();
    }
}
