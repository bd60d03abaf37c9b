package io.tulle.examples.bookshop.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tulle.examples.bookshop.service.Latencies;
import io.tulle.examples.bookshop.service.StorefrontStats;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class MeshTotalsTest {
    @Test
    void rowsAreWhatHappenedSinceTheEarlierReadingOnAllStorefronts() {
        MeshTotals before = new MeshTotals(List.of(stats(100, 1_000, 1, 2, 1), stats(50, 1_000, 0, 0, 0)));
        MeshTotals after = new MeshTotals(List.of(stats(200, 8_000, 4, 7, 3), stats(150, 8_000, 1, 0, 0)));

        List<String> ejected = after.ejectedSince(before);
        List<TargetRow> rows = after.since(before, 2, ejected);

        assertThat(rows).hasSize(1);
        TargetRow row = rows.get(0);
        assertThat(row.target()).isEqualTo("catalog/v1");
        assertThat(row.calls()).isEqualTo(200);
        assertThat(row.rate()).isEqualTo(100);
        assertThat(row.errors()).isEqualTo(4);
        assertThat(row.retries()).isEqualTo(5);
        assertThat(row.p50()).isCloseTo(8, within(0.1));
        assertThat(row.ejected()).containsExactly("catalog-v1-1");
    }

    @Test
    void attemptsAreCountedByInstance() {
        MeshTotals before = new MeshTotals(List.of(stats(100, 1_000, 0, 0, 0)));
        MeshTotals after = new MeshTotals(List.of(stats(300, 1_000, 0, 0, 0)));

        assertThat(after.attemptsSince(before, "catalog-v1-1")).isEqualTo(20);
        assertThat(after.attemptsSince(before, "catalog-v1-2")).isZero();
    }

    @Test
    void whatWasEjectedEarlierIsNotNews() {
        MeshTotals totals = new MeshTotals(List.of(stats(100, 1_000, 0, 0, 3)));

        assertThat(totals.ejectedSince(totals)).isEmpty();
        assertThat(totals.ejected()).containsExactly("catalog-v1-1");
    }

    /** The first 100 calls took 1 ms, later ones {@code micros}. */
    private static StorefrontStats stats(int calls, long micros, long errors, long retries, long ejections) {
        Histogram latency = Latencies.histogram();
        latency.recordValueWithCount(1_000, Math.min(calls, 100));
        latency.recordValueWithCount(micros, calls - Math.min(calls, 100));
        StorefrontStats.Target target = new StorefrontStats.Target(calls, errors, retries, Latencies.encode(latency));
        return new StorefrontStats(
                1,
                Set.of(),
                0,
                Map.of("catalog/v1", target),
                Map.of("catalog-v1-1", (long) calls / 10),
                List.of("catalog-v1-1"),
                Map.of("catalog-v1-1", ejections));
    }
}
