package io.tulle.proofs.states;

import io.tulle.client.registry.Sync;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the storefront itself said about a state. Confined to one thread. */
final class Noticed {
    private final Set<String> troubles = new LinkedHashSet<>();
    private int fewest;
    private int mostHeld;
    private long mostStaleMillis;

    Noticed(int endpoints) {
        fewest = endpoints;
    }

    void see(Shop shop) {
        Sync sync = shop.sync();
        fewest = Math.min(fewest, shop.endpoints());
        mostHeld = Math.max(mostHeld, sync.held().size());
        mostStaleMillis = Math.max(mostStaleMillis, sync.stale().toMillis());
        if (!sync.trouble().isEmpty()) {
            troubles.add(sync.trouble());
        }
    }

    /** Returns the fewest instances that it would have called. */
    int fewest() {
        return fewest;
    }

    /** Returns the most removals that it did not obey. */
    int mostHeld() {
        return mostHeld;
    }

    /** Returns for how long it heard nothing at most. */
    long mostStaleMillis() {
        return mostStaleMillis;
    }

    /** Returns the last trouble that it named; empty when there was none. */
    String trouble() {
        return troubles.stream().reduce("", (former, latter) -> latter);
    }
}
