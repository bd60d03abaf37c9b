package io.tulle.api.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeshCallOptionsTest {
    @Test
    void nothingIsOverriddenByDefault() {
        assertThat(MeshCallOptions.DEFAULT).isEqualTo(new MeshCallOptions(null, null));
    }

    @Test
    void eachWordCanBeGivenByItself() {
        MeshCallOptions both =
                MeshCallOptions.DEFAULT.withDeadline(Duration.ofSeconds(1)).withIdempotent(true);
        assertThat(both).isEqualTo(new MeshCallOptions(Duration.ofSeconds(1), true));
        assertThat(both.withDeadline(Duration.ofSeconds(2)).idempotent()).isTrue();
        assertThat(both.withIdempotent(false).deadline()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aDeadlineIsMoreThanNothing() {
        for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofNanos(-1)}) {
            assertThatThrownBy(() -> MeshCallOptions.DEFAULT.withDeadline(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("deadline: " + bad + " (expected: more than 0)");
        }
    }

    @Test
    void verdictsKnowWhetherTheyAreRejections() {
        assertThat(Verdict.values())
                .filteredOn(Verdict::rejection)
                .containsExactly(
                        Verdict.UNKNOWN_SERVICE,
                        Verdict.NO_ENDPOINTS,
                        Verdict.NO_HEALTHY_ENDPOINT,
                        Verdict.OVERLOADED,
                        Verdict.BREAKER_OPEN);
    }

    @Test
    void anOutcomeHoldsFacts() {
        assertThat(Outcome.failed(TransportError.RESET, Processed.MAYBE))
                .isEqualTo(new Outcome(TransportError.RESET, Processed.MAYBE, 0, false));
        assertThat(Outcome.COMPLETE.error()).isNull();
        assertThat(Outcome.NOT_SENT.processed()).isEqualTo(Processed.NO);
    }
}
