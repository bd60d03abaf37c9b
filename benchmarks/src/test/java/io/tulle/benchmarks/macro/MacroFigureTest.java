package io.tulle.benchmarks.macro;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.benchmarks.report.Estimate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MacroFigureTest {
    private static final MacroFigure BASE = MacroFigure.of(
            MacroRow.OKHTTP, List.of(sample(1000, 10, 100), sample(500, 20, 200), sample(1000, 10, 100)));
    private static final MacroFigure OURS = MacroFigure.of(
            MacroRow.TULLE_OKHTTP, List.of(sample(980, 11, 103), sample(490, 22, 203), sample(980, 11, 103)));
    private static final MacroFigure ABSENT = MacroFigure.missing(MacroRow.HAPROXY2_MTLS, "haproxy is not installed");

    /** A second with so many answered calls, of so many microseconds of processor time and so many until they are answered when paced. */
    private static Sample sample(double answered, double cpu, double pacedP50) {
        Reading closed = new Reading(answered, 1, 1, 200, 900, answered * cpu / 1e6, 0, answered / 1e6, answered * 64);
        return new Sample(closed, new Reading(2000, 0, 1, pacedP50, 900, 1, 0, 1, 64));
    }

    @Test
    void rowsAreComparedWithinARound() { // though the machine was half as fast in the second one
        assertThat(OURS.against(BASE, Figure.THROUGHPUT).low()).isEqualTo(0.98);
        assertThat(OURS.against(BASE, Figure.CPU).high()).isEqualTo(1.1);
        assertThat(OURS.against(BASE, Figure.ALL_CPU).median()).isEqualTo(12.0 / 11);
        assertThat(OURS.against(BASE, Figure.MORE_BYTES).median()).isZero();
        assertThat(OURS.against(BASE, Figure.ADDED_P50).median()).isEqualTo(3);
    }

    @Test
    void sidecarsCountAsTheClientsDo() {
        assertThat(new Reading(100, 0, 1, 0, 0, 1, 2, 7, 0).cpu()).isEqualTo(30_000);
    }

    @Test
    void fieldsHaveTheirStableNames() {
        assertThat(OURS.fields(List.of(BASE, OURS)))
                .containsEntry("name", "tulle-okhttp")
                .containsEntry("threads", 16)
                .containsEntry("rounds", 3)
                .containsEntry("ratio", 0.98)
                .containsEntry("failed", 3)
                .containsKeys("cpuRatio", "cpuRatioLow", "cpuRatioHigh", "bytes", "p50Us", "p99Us", "addedP50Us");
    }

    @Test
    void aRowThatWasNotMeasuredSaysWhy() {
        assertThat(ABSENT.fields(List.of(BASE, ABSENT)))
                .containsOnlyKeys("name", "missing")
                .containsEntry("missing", "haproxy is not installed");
        assertThat(MacroReport.lines(List.of(BASE, ABSENT)))
                .contains("haproxy2-mtls: not measured, haproxy is not installed");
    }

    @Test
    void aPromiseIsKeptOrMissedOnlyWhenTheWholeIntervalSaysSo() {
        Promise promise = Promise.of(MacroRow.TULLE_OKHTTP).get(0);

        assertThat(promise.bound()).isEqualTo(0.97);
        assertThat(promise.verdict(new Estimate(0.99, 0.98, 1))).isEqualTo("kept");
        assertThat(promise.verdict(new Estimate(0.97, 0.95, 0.99))).isEqualTo("kept or not");
        assertThat(promise.verdict(new Estimate(0.95, 0.94, 0.96))).isEqualTo("MISSED");
    }

    @Test
    void theReportSaysWhichPromisesAreKept() {
        List<String> lines = MacroReport.lines(List.of(BASE, OURS));

        assertThat(lines)
                .anyMatch(line -> line.startsWith("tulle-okhttp to okhttp, throughput") && line.endsWith("kept"))
                .anyMatch(line -> line.startsWith("tulle-okhttp to okhttp, cpu") && line.endsWith("MISSED"))
                .anyMatch(line -> line.contains("not for publication"));
    }
}
