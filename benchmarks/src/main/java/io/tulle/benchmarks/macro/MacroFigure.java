package io.tulle.benchmarks.macro;

import io.tulle.benchmarks.report.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What was measured of one row over all rounds, or why it was not. */
public final class MacroFigure {
    private final MacroRow row;
    private final List<Sample> samples;
    private final @Nullable String missing;

    private MacroFigure(MacroRow row, List<Sample> samples, @Nullable String missing) {
        this.row = row;
        this.samples = List.copyOf(samples);
        this.missing = missing;
    }

    /** Returns what {@code samples} say, one per round. */
    static MacroFigure of(MacroRow row, List<Sample> samples) {
        return new MacroFigure(row, samples, null);
    }

    /** Returns a row that was not measured. */
    static MacroFigure missing(MacroRow row, String why) {
        return new MacroFigure(row, List.of(), why);
    }

    MacroRow row() {
        return row;
    }

    /** Returns why it was not measured, or null if it was. */
    @Nullable
    String missing() {
        return missing;
    }

    int rounds() {
        return samples.size();
    }

    /** Returns the median over rounds. */
    double median(ToDoubleFunction<Sample> figure) {
        return Estimate.median(samples.stream().mapToDouble(figure).toArray());
    }

    int failed() {
        return (int) samples.stream()
                .mapToDouble(sample -> sample.closed().failed() + sample.paced().failed())
                .sum();
    }

    /** Compares it with a row of the same run, round by round. */
    Estimate against(MacroFigure other, Figure figure) {
        double[] values = new double[samples.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = figure.of(samples.get(i), other.samples.get(i));
        }
        return Estimate.of(values);
    }

    /** Returns the figures of this row by their stable names; {@code all} are the rows of the run, the baseline first. */
    public Map<String, Object> fields(List<MacroFigure> all) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", row.title());
        if (missing != null) {
            fields.put("missing", missing);
            return fields;
        }
        fields.put("threads", Load.THREADS);
        fields.put("rounds", rounds());
        fields.put("perSecond", median(sample -> sample.closed().perSecond()));
        fields.put("cpuUs", median(sample -> sample.closed().cpu()));
        fields.put("bytes", median(sample -> sample.closed().bytesPerCall()));
        fields.put("p50Us", median(sample -> sample.closed().p50()));
        fields.put("p99Us", median(sample -> sample.closed().p99()));
        fields.put("pacedP50Us", median(sample -> sample.paced().p50()));
        fields.put("pacedP99Us", median(sample -> sample.paced().p99()));
        fields.put("failed", failed());
        MacroFigure base = all.get(0);
        for (Figure figure : Figure.values()) {
            put(fields, figure, "", against(base, figure));
        }
        for (Promise promise : Promise.of(row)) {
            all.stream()
                    .filter(other -> other.row == promise.other() && other != base && other.missing == null)
                    .forEach(other ->
                            put(fields, promise.figure(), "." + other.row.title(), against(other, promise.figure())));
        }
        return fields;
    }

    private static void put(Map<String, Object> fields, Figure figure, String against, Estimate estimate) {
        fields.put(figure.field() + against, estimate.median());
        fields.put(figure.field() + "Low" + against, estimate.low());
        fields.put(figure.field() + "High" + against, estimate.high());
    }
}
