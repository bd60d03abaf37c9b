package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.load.LiveRecorder;
import io.tulle.examples.bookshop.load.LoadGenerator;
import io.tulle.examples.bookshop.process.Storefronts;
import io.tulle.examples.bookshop.service.Latencies;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads what the shop's processes and the load generator have counted. For one thread. */
public final class Observation {
    private final Storefronts storefronts;
    private final StatsClient stats;
    private final ServerCounts servers;
    private final LoadGenerator load;
    private final Pacing pacing;
    private MeshTotals last;
    private long lastAt;

    /** Creates an observation of a shop that is up. */
    public Observation(
            Storefronts storefronts, StatsClient stats, ServerCounts servers, LoadGenerator load, Pacing pacing) {
        this.storefronts = storefronts;
        this.stats = stats;
        this.servers = servers;
        this.load = load;
        this.pacing = pacing;
        last = new MeshTotals(List.of());
        lastAt = pacing.now();
    }

    /** Returns what the storefronts have counted so far. */
    public MeshTotals totals() {
        return new MeshTotals(
                storefronts.ports().stream().map(stats::storefront).toList());
    }

    /** Returns what the backends have counted so far. */
    public Map<String, Long> servers() {
        return servers.read();
    }

    /** Returns what happened since the last call. */
    public LiveView live() {
        MeshTotals now = totals();
        long at = pacing.now();
        double seconds = (at - lastAt) / (double) TimeUnit.SECONDS.toNanos(1);
        LiveRecorder.Interval pages = load.live();
        long ended = pages.latency().getTotalCount();
        TargetRow page = new TargetRow(
                "pages",
                ended,
                seconds <= 0 ? 0 : ended / seconds,
                Latencies.millis(pages.latency(), 50),
                Latencies.millis(pages.latency(), 99),
                pages.failed(),
                0,
                List.of());
        List<TargetRow> rows = now.since(last, seconds, now.ejected());
        last = now;
        lastAt = at;
        return new LiveView(page, rows);
    }
}
