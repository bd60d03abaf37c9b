package io.tulle.core.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryRuleTest {
    private static final long MOST_BITS = -1L;

    private static RetryRule rule(Duration base, Duration max) {
        return new RetryRule(Route.Retry.builder().backoff(base, max).build());
    }

    @Test
    void readsTheSettings() {
        RetryRule rule = new RetryRule(Route.Retry.builder()
                .attempts(4)
                .attemptTimeout(Duration.ofMillis(7))
                .build());
        assertThat(rule.attempts()).isEqualTo(4);
        assertThat(rule.attemptTimeoutNanos()).isEqualTo(7_000_000);
    }

    @Test
    void retriesTheDefaultStatusesOnly() {
        RetryRule rule = new RetryRule(Route.Retry.DEFAULT);
        List<Integer> retried = IntStream.rangeClosed(0, 700)
                .filter(rule::retriesStatus)
                .boxed()
                .toList();
        assertThat(retried).containsExactly(500, 502, 503, 504);
    }

    @Test
    void retriesTheStatusesThatTheRouteNames() {
        RetryRule rule =
                new RetryRule(Route.Retry.builder().statuses(400, 429, 599).build());
        List<Integer> retried = IntStream.rangeClosed(0, 700)
                .filter(rule::retriesStatus)
                .boxed()
                .toList();
        assertThat(retried).containsExactly(400, 429, 599);
    }

    @ParameterizedTest
    @EnumSource(TransportError.class)
    void anIdempotentCallIsRetriedAfterEveryErrorButCancellation(TransportError error) {
        for (Processed processed : Processed.values()) {
            assertThat(RetryRule.retriesError(error, processed, true)).isEqualTo(error != TransportError.CANCELLED);
        }
    }

    @ParameterizedTest
    @EnumSource(TransportError.class)
    void whatIsNotIdempotentIsRetriedOnlyWhenItWasCertainlyNotProcessed(TransportError error) {
        assertThat(RetryRule.retriesError(error, Processed.NO, false)).isEqualTo(error != TransportError.CANCELLED);
        assertThat(RetryRule.retriesError(error, Processed.MAYBE, false)).isFalse();
        assertThat(RetryRule.retriesError(error, Processed.YES, false)).isFalse();
    }

    @Test
    void anEndWithoutErrorIsNotRetried() {
        assertThat(RetryRule.retriesError(null, Processed.NO, true)).isFalse();
    }

    @Test
    void theFirstRetryOfWhatWasNotProcessedIsImmediate() {
        RetryRule rule = rule(Duration.ofMillis(25), Duration.ofMillis(250));
        assertThat(rule.delayNanos(1, Processed.NO, () -> MOST_BITS)).isZero();
        assertThat(rule.delayNanos(2, Processed.NO, () -> MOST_BITS)).isPositive();
        assertThat(rule.delayNanos(1, Processed.MAYBE, () -> MOST_BITS)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1, 25", "2, 50", "3, 100", "4, 200", "5, 250", "9, 250", "21, 250", "64, 250", "100, 250"})
    void theCeilingDoublesUpToTheLongest(int made, long ceilingMillis) {
        RetryRule rule = rule(Duration.ofMillis(25), Duration.ofMillis(250));
        long ceiling = ceilingMillis * 1_000_000;
        assertThat(rule.delayNanos(made, Processed.MAYBE, () -> MOST_BITS)).isEqualTo(ceiling - 1);
        assertThat(rule.delayNanos(made, Processed.MAYBE, () -> 0)).isZero();
        assertThat(rule.delayNanos(made, Processed.MAYBE, () -> Long.MIN_VALUE)).isEqualTo(ceiling / 2);
    }

    @Test
    void jitterIsUniform() {
        RetryRule rule = rule(Duration.ofMillis(100), Duration.ofMillis(100));
        SplittableRandom random = new SplittableRandom(7);
        int[] tenths = new int[10];
        for (int i = 0; i < 100_000; i++) {
            tenths[(int) (rule.delayNanos(1, Processed.MAYBE, random::nextLong) / 10_000_000)]++;
        }
        assertThat(IntStream.of(tenths)).allMatch(count -> Math.abs(count - 10_000) < 400);
    }

    @Test
    void noBackOffAtAllIsPossible() {
        assertThat(rule(Duration.ZERO, Duration.ZERO).delayNanos(3, Processed.MAYBE, () -> MOST_BITS))
                .isZero();
    }

    @Test
    void theLongestSettingsDoNotOverflow() {
        RetryRule rule = rule(Duration.ofMinutes(1), Duration.ofMinutes(5));
        assertThat(rule.delayNanos(10, Processed.MAYBE, () -> MOST_BITS))
                .isEqualTo(Duration.ofMinutes(5).toNanos() - 1);
    }
}
