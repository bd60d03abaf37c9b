package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.process.Backends;
import io.tulle.examples.bookshop.process.ChildProcess;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How many requests the servers have counted, by service and version. A process that is gone counts as it was last heard. */
public final class ServerCounts {
    private final Backends backends;
    private final StatsClient stats;
    private final Map<ChildProcess, Backends.Running> known = new HashMap<>();
    private final Map<ChildProcess, Long> heard = new HashMap<>();

    /** Creates a count of these backends. */
    public ServerCounts(Backends backends, StatsClient stats) {
        this.backends = backends;
        this.stats = stats;
    }

    /** Asks every process and returns totals by {@code service/version}. */
    public Map<String, Long> read() {
        for (Backends.Running running : backends.all()) {
            known.put(running.process(), running);
            if (running.process().alive()) {
                heard.put(
                        running.process(),
                        stats.backend(running.ports().admin()).requests());
            }
        }
        Map<String, Long> totals = new TreeMap<>();
        heard.forEach((process, count) -> {
            Backends.Running running = known.get(process);
            if (running != null) {
                totals.merge(running.replica().target(), count, Long::sum);
            }
        });
        return totals;
    }
}
