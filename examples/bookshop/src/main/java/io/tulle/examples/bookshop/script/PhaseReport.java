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
 * @param trouble how much the instance was used that the step is about; null when it is about none
 * @param split how catalog's calls were split; null when nobody says how they should be
 * @param lost names of instances that ran and were missing from what a storefront knew
 * @param remark what else is told of it; may be empty
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
        @Nullable Trouble trouble,
        @Nullable Split split,
        List<String> lost,
        String remark) {

    /** What storefronts counted between two readings. */
    record Reading(MeshTotals before, MeshTotals after, double seconds) {}

    /** What is said of a step beside numbers; see the components of the report. */
    record Findings(@Nullable Split split, List<String> lost, String remark) {}

    /** Makes a report. */
    static PhaseReport of(Step step, PhaseRecorder pages, Reading reading, Findings findings) {
        MeshTotals before = reading.before();
        MeshTotals after = reading.after();
        List<String> ejected = after.ejectedSince(before);
        List<TargetRow> rows = after.since(before, reading.seconds(), ejected);
        return new PhaseReport(
                step.name(),
                pages.requests(),
                pages.failed(),
                pages.reason(),
                pages.millis(50),
                pages.millis(99),
                rows,
                ejected,
                trouble(step.trouble(), rows, after.attemptsSince(before, step.trouble())),
                findings.split(),
                findings.lost(),
                findings.remark());
    }

    private static @Nullable Trouble trouble(String instance, List<TargetRow> rows, long attempts) {
        return rows.stream()
                .filter(row -> row.owns(instance))
                .findFirst()
                .map(row -> new Trouble(instance, attempts, row.calls()))
                .orElse(null);
    }

    /** Returns how often the storefronts tried again. */
    public long retries() {
        return rows.stream().mapToLong(TargetRow::retries).sum();
    }
}
