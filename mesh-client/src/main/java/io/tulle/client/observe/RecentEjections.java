package io.tulle.client.observe;

import io.tulle.api.listener.EjectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The last {@value #KEPT} ejections, so that an attempt can tell at its end whether its endpoint was ejected meanwhile. Thread-safe, without locks. */
final class RecentEjections {
    private static final int KEPT = 64;

    private final AtomicReference<Log> log = new AtomicReference<>(new Log(0, List.of()));

    /** One ejection of an endpoint. */
    record Ejection(String endpoint, EjectionReason reason, long nanos) {}

    private record Log(long count, List<Ejection> last) {
        Log with(Ejection one) {
            List<Ejection> next = new ArrayList<>(last.size() == KEPT ? last.subList(1, KEPT) : last);
            next.add(one);
            return new Log(count + 1, List.copyOf(next));
        }
    }

    void add(Ejection one) {
        log.updateAndGet(former -> former.with(one));
    }

    /** Returns how many there have been. */
    long count() {
        return log.get().count;
    }

    /** Tells of those of {@code endpoint} after the first {@code before}. */
    void since(long before, String endpoint, Consumer<Ejection> seen) {
        Log now = log.get();
        if (now.count == before) {
            return;
        }
        int fresh = (int) Math.min(now.last.size(), now.count - before);
        for (Ejection one : now.last.subList(now.last.size() - fresh, now.last.size())) {
            if (one.endpoint.equals(endpoint)) {
                seen.accept(one);
            }
        }
    }
}
