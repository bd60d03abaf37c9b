package io.tulle.benchmarks.macro;

import io.tulle.benchmarks.report.Estimate;
import io.tulle.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sets what was measured as text. */
public final class MacroReport {
    private MacroReport() {}

    /** Returns the table of the rows, what of our promises was kept, and what must be known to read it. */
    public static List<String> lines(List<MacroFigure> figures) {
        int rounds = figures.get(0).rounds();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("over loopback, " + Load.THREADS + " callers at once, three backends, " + rounds + " rounds");
        lines.addAll(rows(figures).lines());
        for (MacroFigure figure : figures) {
            if (figure.missing() != null) {
                lines.add(figure.row().title() + ": not measured, " + figure.missing());
            }
        }
        lines.add("");
        lines.addAll(promises(figures).lines());
        lines.add("");
        lines.add(
                "Medians over rounds [95 % bootstrap interval]; x okhttp: against the raw OkHttp of the same round. cpu: processor time of client and sidecars");
        lines.add(
                "per call; all cpu: with the backends', who end TLS where there is no sidecar. paced: 2,000 calls a second. One machine carries all processes.");
        lines.add("kept or not: the interval holds the promised value, so that this run cannot tell.");
        if (rounds < Effort.ENOUGH_ROUNDS) {
            lines.add("Fewer than " + Effort.ENOUGH_ROUNDS + " rounds: not for publication (--rounds "
                    + Effort.ENOUGH_ROUNDS + ").");
        }
        return lines;
    }

    private static Table rows(List<MacroFigure> figures) {
        Table table = new Table(
                "row",
                "calls/s",
                "x okhttp",
                "[95 %]",
                "cpu us",
                "x okhttp",
                "[95 %]",
                "all cpu x",
                "B",
                "p50 us",
                "p99 us",
                "paced p50",
                "added us",
                "[95 %]",
                "failed");
        MacroFigure base = figures.get(0);
        for (MacroFigure figure : figures) {
            if (figure.missing() == null) {
                Estimate throughput = figure.against(base, Figure.THROUGHPUT);
                Estimate cpu = figure.against(base, Figure.CPU);
                Estimate added = figure.against(base, Figure.ADDED_P50);
                table.add(
                        figure.row().title(),
                        number(figure.median(sample -> sample.closed().perSecond()), 0),
                        number(throughput.median(), 2),
                        interval(throughput, 2),
                        number(figure.median(sample -> sample.closed().cpu()), 1),
                        number(cpu.median(), 2),
                        interval(cpu, 2),
                        number(figure.against(base, Figure.ALL_CPU).median(), 2),
                        number(figure.median(sample -> sample.closed().bytesPerCall()), 0),
                        number(figure.median(sample -> sample.closed().p50()), 0),
                        number(figure.median(sample -> sample.closed().p99()), 0),
                        number(figure.median(sample -> sample.paced().p50()), 0),
                        number(added.median(), 0),
                        interval(added, 0),
                        String.valueOf(figure.failed()));
            }
        }
        return table;
    }

    private static Table promises(List<MacroFigure> figures) {
        Table table = new Table("promise", "measured", "[95 %]", "promised", "");
        for (Promise promise : Promise.ALL) {
            Optional<MacroFigure> own = measured(figures, promise.row());
            Optional<MacroFigure> other = measured(figures, promise.other());
            if (own.isPresent() && other.isPresent()) {
                Figure figure = promise.figure();
                Estimate estimate = own.get().against(other.get(), figure);
                table.add(
                        promise.row().title() + " to " + promise.other().title() + ", " + figure.title(),
                        figure.text(estimate.median()),
                        "[" + figure.text(estimate.low()) + ", " + figure.text(estimate.high()) + "]",
                        promise.text(),
                        promise.verdict(estimate));
            }
        }
        return table;
    }

    private static Optional<MacroFigure> measured(List<MacroFigure> figures, MacroRow row) {
        return figures.stream()
                .filter(figure -> figure.row() == row && figure.missing() == null)
                .findFirst();
    }

    private static String interval(Estimate estimate, int digits) {
        return "[" + number(estimate.low(), digits) + ", " + number(estimate.high(), digits) + "]";
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
