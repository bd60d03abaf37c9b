package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.load.PhaseRecorder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one step went.
 *
 * @param name the step
 * @param requests pages that visitors asked for
 * @param failed pages that they did not get
 * @param reason the most frequent reason; empty when none failed
 * @param p50 milliseconds from the intended start
 * @param p99 milliseconds from the intended start
 * @param rows the storefronts' calls, by service and subset
 * @param ejected names of the instances that were taken out meanwhile
 * @param split how catalog's calls were split; null when nobody says how they should be
 */
public record PhaseReport(
        String name,
        long requests,
        long failed,
        String reason,
        double p50,
        double p99,
        List<TargetRow> rows,
        List<String> ejected,
        @Nullable Split split) {

    static PhaseReport of(
            String name, PhaseRecorder pages, List<TargetRow> rows, List<String> ejected, @Nullable Split split) {
        return new PhaseReport(
                name,
                pages.requests(),
                pages.failed(),
                pages.reason(),
                pages.millis(50),
                pages.millis(99),
                rows,
                ejected,
                split);
    }

    /** Returns how often the storefronts tried again. */
    public long retries() {
        return rows.stream().mapToLong(TargetRow::retries).sum();
    }
}
