package io.tulle.api.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CarriedTest {
    private final CallContext served = CallContext.builder()
            .deadlineNanos(7)
            .attempt(2)
            .trace("p", "s")
            .baggage("b")
            .build();

    @Test
    void whatIsCarriedComesWithEverythingElse() {
        CallContext carrying = served.carrying("span");
        assertThat(carrying.carried()).isEqualTo("span");
        assertThat(carrying.carrying("other").carried()).isEqualTo("other");
        assertThat(served.carried()).isNull();
        assertThat(carrying.deadlineNanos()).isEqualTo(7);
        assertThat(carrying.attempt()).isEqualTo(2);
        assertThat(carrying.traceparent()).isEqualTo("p");
        assertThat(carrying.tracestate()).isEqualTo("s");
        assertThat(carrying.baggage()).isEqualTo("b");
    }

    @Test
    void anEarlierDeadlineComesWithEverythingElse() {
        CallContext bounded = served.carrying("span").until(5);

        assertThat(bounded.deadlineNanos()).isEqualTo(5);
        assertThat(bounded.until(6).deadlineNanos()).isEqualTo(5);
        assertThat(CallContext.NONE.until(6).deadlineNanos()).isEqualTo(6);
        assertThat(bounded.carried()).isEqualTo("span");
        bounded.spendRetries();
        assertThat(served.retriesSpent()).isTrue();
    }

    @Test
    void itIsStillTheContextOfTheSameCall() {
        CallContext carrying = served.carrying("span").carrying("other");
        carrying.spendRetries();
        assertThat(served.retriesSpent()).isTrue();
        assertThat(carrying.retriesSpent()).isTrue();
    }

    @Test
    void noCallIsServedWhateverIsCarried() {
        CallContext carrying = CallContext.NONE.carrying("span");
        carrying.spendRetries();
        assertThat(carrying.retriesSpent()).isFalse();
        assertThat(CallContext.NONE.retriesSpent()).isFalse();
    }
}
