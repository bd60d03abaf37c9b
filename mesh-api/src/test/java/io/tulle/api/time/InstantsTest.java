package io.tulle.api.time;

import static io.tulle.api.time.Instants.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {
    private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    @ParameterizedTest
    @ValueSource(longs = {0, 5, -5, Long.MIN_VALUE, Long.MAX_VALUE - 4, Long.MAX_VALUE - 1})
    void anInstantIsWhatItIsWhateverTheClockReads(long now) {
        long soon = Instants.after(now, 3);
        long later = Instants.after(now, Duration.ofSeconds(3));
        assertThat(soon - now).isEqualTo(3);
        assertThat(Instants.hasCome(soon, now)).isFalse();
        assertThat(Instants.hasCome(soon, now + 2)).isFalse();
        assertThat(Instants.hasCome(soon, now + 3)).isTrue();
        assertThat(Instants.hasCome(now, now)).isTrue();
        assertThat(Instants.earlier(soon, later)).isEqualTo(soon);
        assertThat(Instants.earlier(later, soon)).isEqualTo(soon);
        assertThat(Instants.after(now, -2) - now).isEqualTo(-2);
    }

    @Test
    void anInstantThatReadsLikeNeverIsOneEarlier() {
        assertThat(Instants.after(NEVER - 4, 4)).isEqualTo(NEVER - 1);
        assertThat(Instants.after(-1, Duration.ofNanos(NEVER - 1))).isEqualTo(NEVER - 2);
        assertThat(Instants.after(1, NEVER - 1)).isEqualTo(NEVER - 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5, -5, Long.MIN_VALUE, Long.MAX_VALUE - 1})
    void neverDoesNotComeAndIsLaterThanEverything(long now) {
        assertThat(Instants.hasCome(NEVER, now)).isFalse();
        assertThat(Instants.earlier(NEVER, now)).isEqualTo(now);
        assertThat(Instants.earlier(now, NEVER)).isEqualTo(now);
        assertThat(Instants.earlier(NEVER, NEVER)).isEqualTo(NEVER);
    }

    @Test
    void whatNoClockCanReachIsNever() {
        assertThat(Instants.after(5, ENDLESS)).isEqualTo(NEVER);
        assertThat(Instants.after(-5, NEVER)).isEqualTo(NEVER);
    }

    @Test
    void aSpanIsAsLongAsALongCanSay() {
        assertThat(Instants.nanos(Duration.ofMillis(7))).isEqualTo(7_000_000);
        assertThat(Instants.nanos(Duration.ofNanos(NEVER - 1))).isEqualTo(NEVER - 1);
        assertThat(Instants.nanos(Duration.ofNanos(NEVER).plusNanos(1))).isEqualTo(NEVER);
        assertThat(Instants.nanos(ENDLESS)).isEqualTo(NEVER);
        assertThat(Instants.nanos(ENDLESS.negated())).isEqualTo(Long.MIN_VALUE);
    }
}
