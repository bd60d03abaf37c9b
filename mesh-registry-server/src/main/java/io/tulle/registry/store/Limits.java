package io.tulle.registry.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** What every store refuses, so that data can move from one to another. */
final class Limits {
    private static final int MOST_KEY_BYTES = 1024;
    private static final Duration LONGEST_LEASE = Duration.ofDays(1);

    private Limits() {}

    static void check(Transaction transaction) {
        checkCount("writes", transaction.writes().size(), 1, Transaction.MOST_WRITES);
        checkCount("conditions", transaction.conditions().size(), 0, Transaction.MOST_CONDITIONS);
        for (Transaction.Condition condition : transaction.conditions()) {
            check(condition);
        }
        Set<String> seen = new HashSet<>();
        for (Transaction.Write write : transaction.writes()) {
            check(write);
            if (!seen.add(write.key())) {
                throw new IllegalArgumentException("key: " + write.key() + " twice (expected: each key once)");
            }
        }
    }

    private static void check(Transaction.Condition condition) {
        if (condition instanceof Transaction.KeyAt at) {
            checkKey(at.key());
            checkNotNegative("revision of a condition", at.revision());
        } else if (condition instanceof Transaction.NoneAfter none) {
            checkText(none.prefix());
            checkNotNegative("revision of a condition", none.revision());
        }
    }

    private static void check(Transaction.Write write) {
        checkKey(write.key());
        if (write instanceof Transaction.Put put) {
            checkCount("bytes of the value of " + put.key(), put.value().length, 0, Store.MOST_BYTES);
            checkNotNegative("lease", put.lease());
        }
    }

    private static void checkKey(String key) {
        checkText(key);
        checkCount("bytes of a key", key.getBytes(StandardCharsets.UTF_8).length, 1, MOST_KEY_BYTES);
    }

    /** Checks a key, or a part of one. */
    static void checkText(String text) {
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("key: " + text.replace('\0', '?') + " (expected: Unicode without NUL)");
        }
    }

    static void checkLease(Duration time) {
        if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException("lease: " + time + " (expected: 1ms..1d)");
        }
    }

    static void checkLimit(int limit) {
        checkCount("limit", limit, 1, Integer.MAX_VALUE);
    }

    static void checkNotFuture(long revision, long newest) {
        if (revision < 0 || revision > newest) {
            throw new IllegalArgumentException("revision: " + revision + " (expected: 0.." + newest + ")");
        }
    }

    private static void checkNotNegative(String what, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: 0 or more)");
        }
    }

    private static void checkCount(String what, int count, int least, int most) {
        if (count < least || count > most) {
            throw new IllegalArgumentException(what + ": " + count + " (expected: " + least + ".." + most + ")");
        }
    }
}
