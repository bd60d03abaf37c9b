package io.tulle.benchmarks.balance;

import io.tulle.benchmarks.report.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What came of a scenario with one variant.
 *
 * @param scenario what went wrong
 * @param variant who coped
 * @param median of each figure over the runs
 * @param lowestP99 the best run's 99th percentile
 * @param highestP99 the worst run's
 * @param runs how many runs, each with a seed of its own
 */
public record Balanced(
        Scenario scenario, Variant variant, Spread median, double lowestP99, double highestP99, int runs) {

    static Balanced of(Scenario scenario, Variant variant, List<Spread> runs) {
        Spread median = new Spread(
                median(runs, Spread::p50Ms),
                median(runs, Spread::p99Ms),
                median(runs, Spread::p999Ms),
                median(runs, Spread::errorPercent),
                median(runs, Spread::sharePercent),
                median(runs, Spread::attemptsPerCall));
        return new Balanced(
                scenario,
                variant,
                median,
                runs.stream().mapToDouble(Spread::p99Ms).min().orElseThrow(),
                runs.stream().mapToDouble(Spread::p99Ms).max().orElseThrow(),
                runs.size());
    }

    private static double median(List<Spread> runs, ToDoubleFunction<Spread> figure) {
        return Estimate.median(runs.stream().mapToDouble(figure).toArray());
    }

    List<Promise> promises() {
        return scenario.promises().stream()
                .filter(promise -> promise.variant() == variant)
                .toList();
    }

    /** Returns the figures by their stable names. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", scenario.title());
        fields.put("variant", variant.title());
        fields.put("rounds", runs);
        fields.put("p50Ms", median.p50Ms());
        fields.put("p99Ms", median.p99Ms());
        fields.put("p99MsMin", lowestP99);
        fields.put("p99MsMax", highestP99);
        fields.put("p999Ms", median.p999Ms());
        fields.put("errorPercent", median.errorPercent());
        fields.put("sharePercent", median.sharePercent());
        fields.put("attemptsPerCall", median.attemptsPerCall());
        fields.put(
                "target",
                String.join("; ", promises().stream().map(Promise::text).toList()));
        return fields;
    }
}
