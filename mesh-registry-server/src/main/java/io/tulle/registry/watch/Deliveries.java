package io.tulle.registry.watch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Who waits until a revision has been written to which streams. Guarded by {@code WatchHub.lock}; futures are completed by the hub, outside of it. */
final class Deliveries {
    private final List<Delivery> open = new ArrayList<>();

    /** One who waits. */
    static final class Delivery {
        final long revision;
        final Set<Watcher> missing;
        final CompletableFuture<Integer> done = new CompletableFuture<>();

        Delivery(long revision, Set<Watcher> missing) {
            this.revision = revision;
            this.missing = missing;
        }
    }

    Delivery add(long revision, Set<Watcher> missing) {
        Delivery delivery = new Delivery(revision, new HashSet<>(missing));
        open.add(delivery);
        return delivery;
    }

    void remove(Delivery delivery) {
        open.remove(delivery);
    }

    /** Notes that a watcher has moved on; returns those who need not wait any longer. */
    List<Delivery> moved(Watcher watcher, long present) {
        if (open.isEmpty()) {
            return List.of();
        }
        List<Delivery> done = new ArrayList<>();
        Iterator<Delivery> each = open.iterator();
        while (each.hasNext()) {
            Delivery delivery = each.next();
            if (watcher.ended() || watcher.has(delivery.revision, present)) {
                delivery.missing.remove(watcher);
            }
            if (delivery.missing.isEmpty()) {
                each.remove();
                done.add(delivery);
            }
        }
        return done;
    }
}
