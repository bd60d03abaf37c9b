package io.tulle.registry.store;

import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Operations drawn from a seed, and what a store answers to them, as texts. */
final class RandomOperations {
    private static final List<String> PREFIXES = List.of("", "p/", "q/", "p/1", "\uDBFF\uDFFF", "none");

    private final Store store;
    private final ManualClock clock;
    private final SplittableRandom random;
    private final List<Long> leases = new ArrayList<>(List.of(0L));
    private final Set<String> kinds = new TreeSet<>();

    RandomOperations(Store store, ManualClock clock, SplittableRandom random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /** Does the next one. */
    String next() {
        int which = random.nextInt(100);
        if (which < 55) {
            return commit();
        } else if (which < 80) {
            return range();
        } else if (which < 85) {
            leases.add(StoreTck.done(store.grant(Duration.ofSeconds(1 + random.nextInt(20)))));
            return "granted " + leases.get(leases.size() - 1);
        } else if (which < 87) {
            return "revoked at " + StoreTck.done(store.revoke(lease()));
        } else if (which < 93) {
            return "alive " + store.keepAlive(lease());
        } else if (which < 98) {
            return advance();
        }
        return "compacted to " + StoreTck.done(store.compact(Math.max(0, store.revision() - random.nextInt(40))));
    }

    /** Returns which kinds of answers there were. */
    Set<String> kinds() {
        return kinds;
    }

    private String commit() {
        Transaction.Builder transaction = Transaction.builder();
        Set<String> keys = new TreeSet<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            keys.add(key());
        }
        for (String key : keys) {
            if (random.nextInt(3) == 0) {
                transaction.delete(key);
            } else {
                transaction.put(key, StoreTck.bytes("" + random.nextInt(1000)), random.nextBoolean() ? 0 : lease());
            }
        }
        if (random.nextInt(3) == 0) {
            String key = key();
            List<Entry> now = store.range(key, "", 1, 0).entries();
            boolean present = !now.isEmpty() && now.get(0).key().equals(key);
            transaction.when(key, present && random.nextInt(5) > 0 ? now.get(0).revision() : 0);
        }
        if (random.nextInt(6) == 0) {
            transaction.whenNoneAfter(prefix(), Math.max(0, store.revision() - random.nextInt(10)));
        }
        Committed committed = StoreTck.done(store.commit(transaction.build()));
        kinds.add("" + committed.succeeded());
        return committed.toString();
    }

    private String range() {
        long revision = random.nextBoolean() ? 0 : Math.max(0, store.revision() + 1 - random.nextInt(80));
        try {
            Store.Range range =
                    store.range(prefix(), random.nextBoolean() ? "" : key(), 1 + random.nextInt(30), revision);
            return range.revision() + " " + range.more() + " "
                    + range.entries().stream().map(RandomOperations::text).toList();
        } catch (CompactedException | IllegalArgumentException e) {
            kinds.add(e instanceof CompactedException ? "compacted" : "future");
            return e.toString();
        }
    }

    private static String text(Entry entry) {
        return entry + "=" + StoreTck.text(entry) + " since " + entry.created() + " on " + entry.lease();
    }

    /** Whatever expires has been written when this returns. */
    private String advance() {
        clock.advance(Duration.ofMillis(random.nextInt(5000)));
        return "now at "
                + StoreTck.done(
                        store.commit(Transaction.builder().delete("none at all").build()));
    }

    private String prefix() {
        return PREFIXES.get(random.nextInt(PREFIXES.size()));
    }

    private String key() {
        return PREFIXES.get(random.nextInt(5)) + random.nextInt(15);
    }

    private long lease() {
        return leases.get(random.nextInt(leases.size()));
    }
}
