package io.tulle.benchmarks.micro;

import io.tulle.benchmarks.report.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A row's figures over all rounds.
 *
 * @param row what was measured
 * @param threads how many threads at once
 * @param rounds how many rounds
 * @param nanos time per operation and thread; the interval is over rounds
 * @param fastest the shortest single measurement
 * @param slowest the longest single measurement
 * @param bytes allocated per operation, the median
 * @param cpuNanos processor time per operation, the median
 * @param ratio time against the floor of the same round
 * @param cpuRatio processor time against the floor of the same round
 */
public record Measured(
        Row row,
        int threads,
        int rounds,
        Estimate nanos,
        double fastest,
        double slowest,
        double bytes,
        double cpuNanos,
        Estimate ratio,
        Estimate cpuRatio) {

    static Measured of(Row row, int threads, List<Sample> samples, List<Sample> floor) {
        return new Measured(
                row,
                threads,
                samples.size(),
                Estimate.of(each(samples, Sample::median)),
                samples.stream()
                        .flatMap(sample -> sample.nanos().stream())
                        .mapToDouble(Double::doubleValue)
                        .min()
                        .orElseThrow(),
                samples.stream()
                        .flatMap(sample -> sample.nanos().stream())
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElseThrow(),
                Estimate.median(each(samples, Sample::bytes)),
                Estimate.median(each(samples, Sample::cpuNanos)),
                ratio(samples, floor, Sample::median),
                ratio(samples, floor, Sample::cpuNanos));
    }

    private static double[] each(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return samples.stream().mapToDouble(figure).toArray();
    }

    private static Estimate ratio(List<Sample> samples, List<Sample> floor, ToDoubleFunction<Sample> figure) {
        double[] ratios = new double[samples.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(samples.get(i)) / figure.applyAsDouble(floor.get(i));
        }
        return Estimate.of(ratios);
    }

    /** Returns the figures by their stable names. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", row.title());
        fields.put("threads", threads);
        fields.put("rounds", rounds);
        fields.put("ns", nanos.median());
        fields.put("nsLow", nanos.low());
        fields.put("nsHigh", nanos.high());
        fields.put("nsMin", fastest);
        fields.put("nsMax", slowest);
        fields.put("bytes", bytes);
        fields.put("cpuNs", cpuNanos);
        fields.put("ratio", ratio.median());
        fields.put("ratioLow", ratio.low());
        fields.put("ratioHigh", ratio.high());
        fields.put("cpuRatio", cpuRatio.median());
        fields.put("cpuRatioLow", cpuRatio.low());
        fields.put("cpuRatioHigh", cpuRatio.high());
        fields.put("target", row.target(threads));
        return fields;
    }
}
