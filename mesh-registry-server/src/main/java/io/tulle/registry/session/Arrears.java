package io.tulle.registry.session;

import io.tulle.registry.catalog.CatalogState;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has not put in force what it was sent. A line that was lost on its way is noticed by the next one about its service, which may never come: so a service
 * of which a process has acknowledged nothing new for a whole lease, although there is something, is due to be sent again. In memory only. Thread-safe.
 */
final class Arrears {
    private final long lease;
    private final Map<String, Map<String, Debt>> debts = new ConcurrentHashMap<>();

    Arrears(Duration lease) {
        this.lease = lease.toNanos();
    }

    private record Debt(long applied, long sinceNanos) {}

    /** Notes what a session has put in force; returns the services that are due, each once per lease. */
    Set<String> due(
            String session, Collection<String> followed, Map<String, Long> applied, CatalogState state, long now) {
        Set<String> due = new TreeSet<>();
        debts.compute(session, (same, before) -> {
            Map<String, Debt> open = new HashMap<>();
            for (String service : followed) {
                long reached = applied.getOrDefault(service, 0L);
                if (reached < state.lastChange(service)) {
                    Debt debt = before == null ? null : before.get(service);
                    if (debt == null || debt.applied != reached) {
                        debt = new Debt(reached, now);
                    } else if (now - debt.sinceNanos >= lease) {
                        due.add(service);
                        debt = new Debt(reached, now);
                    }
                    open.put(service, debt);
                }
            }
            return open.isEmpty() ? null : open;
        });
        return due;
    }

    void forget(String session) {
        debts.remove(session);
    }
}
