package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.service.Latencies;
import io.tulle.examples.bookshop.service.StorefrontStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What all storefronts together have seen so far. Immutable. */
public final class MeshTotals {
    private final Map<String, Sum> sums = new TreeMap<>();
    private final Map<String, Long> attempts = new HashMap<>();
    private final TreeSet<String> ejected = new TreeSet<>();
    private final Map<String, Long> ejections = new HashMap<>();

    private record Sum(long errors, long retries, Histogram latency) {
        Sum plus(StorefrontStats.Target target) {
            Histogram more = Latencies.decode(target.latency());
            more.add(latency);
            return new Sum(errors + target.errors(), retries + target.retries(), more);
        }
    }

    /** Adds up. */
    public MeshTotals(List<StorefrontStats> storefronts) {
        for (StorefrontStats storefront : storefronts) {
            storefront.targets().forEach((key, target) -> sums.put(key, sum(key).plus(target)));
            storefront.attempts().forEach((name, count) -> attempts.merge(name, count, Long::sum));
            storefront.ejections().forEach((name, count) -> ejections.merge(name, count, Long::sum));
            ejected.addAll(storefront.ejected());
        }
    }

    private Sum sum(String key) {
        Sum known = sums.get(key);
        return known == null ? new Sum(0, 0, Latencies.histogram()) : known;
    }

    /** Returns how often an instance was tried since an earlier reading. */
    public long attemptsSince(MeshTotals earlier, String instance) {
        return attempts.getOrDefault(instance, 0L) - earlier.attempts.getOrDefault(instance, 0L);
    }

    /** Returns the names of the instances that are out now. */
    public List<String> ejected() {
        return List.copyOf(ejected);
    }

    /** Returns the names of the instances that were taken out since an earlier reading. */
    public List<String> ejectedSince(MeshTotals earlier) {
        return ejections.entrySet().stream()
                .filter(entry -> entry.getValue() > earlier.ejections.getOrDefault(entry.getKey(), 0L))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * Returns what happened since an earlier reading.
     *
     * @param seconds how long ago that was
     * @param out the names of instances to show as ejected
     */
    public List<TargetRow> since(MeshTotals earlier, double seconds, List<String> out) {
        List<TargetRow> rows = new ArrayList<>();
        sums.forEach((key, sum) -> rows.add(row(key, sum, earlier.sums.get(key), seconds, out)));
        return rows;
    }

    private static TargetRow row(String key, Sum now, @Nullable Sum before, double seconds, List<String> out) {
        Histogram latency = now.latency().copy();
        if (before != null) {
            latency.subtract(before.latency());
        }
        long calls = latency.getTotalCount();
        return new TargetRow(
                key,
                calls,
                seconds <= 0 ? 0 : calls / seconds,
                Latencies.millis(latency, 50),
                Latencies.millis(latency, 99),
                now.errors() - (before == null ? 0 : before.errors()),
                now.retries() - (before == null ? 0 : before.retries()),
                out.stream().filter(name -> TargetRow.owns(key, name)).toList());
    }
}
