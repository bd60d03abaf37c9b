package io.tulle.registry.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes that happen together or not at all. Immutable.
 *
 * @param conditions what must hold, at most {@link #MOST_CONDITIONS}
 * @param writes at least one, at most {@link #MOST_WRITES}, each key once
 */
public record Transaction(List<Condition> conditions, List<Write> writes) {
    /** How many writes a transaction may have. */
    public static final int MOST_WRITES = 100;

    /** How many conditions a transaction may have: as many as etcd takes by default. */
    public static final int MOST_CONDITIONS = 128;

    /** Copies. */
    public Transaction {
        conditions = List.copyOf(conditions);
        writes = List.copyOf(writes);
    }

    /** What must hold when the transaction is applied. */
    public sealed interface Condition permits KeyAt, NoneAfter {}

    /**
     * That a key's newest version is of a certain revision.
     *
     * @param key which
     * @param revision of its newest version; 0: the key does not exist
     */
    public record KeyAt(String key, long revision) implements Condition {}

    /**
     * That no key that exists has been written lately: what somebody has found out about many keys together still holds, but for deletions. In etcd it is a
     * comparison of the modification revision over a range.
     *
     * @param prefix before the keys that are meant
     * @param revision none of them is of a later revision than this
     */
    public record NoneAfter(String prefix, long revision) implements Condition {}

    /** What is done to a key. */
    public sealed interface Write permits Put, Delete {
        /** Returns the key. */
        String key();
    }

    /**
     * Writes a value.
     *
     * @param lease the lease that it hangs on from now, or 0; that the lease exists is a condition of the transaction
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Put(String key, byte[] value, long lease) implements Write {}

    /** Deletes a key; one that does not exist is left at that, and a transaction that changes nothing makes no revision. */
    public record Delete(String key) implements Write {}

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects conditions and writes. Not thread-safe. */
    public static final class Builder {
        private final List<Condition> conditions = new ArrayList<>();
        private final List<Write> writes = new ArrayList<>();

        private Builder() {}

        /** Demands that the newest version of {@code key} is of {@code revision}; 0: that it does not exist. */
        public Builder when(String key, long revision) {
            conditions.add(new KeyAt(key, revision));
            return this;
        }

        /** Demands that no key that exists and starts with {@code prefix} is of a later revision than {@code revision}. */
        public Builder whenNoneAfter(String prefix, long revision) {
            conditions.add(new NoneAfter(prefix, revision));
            return this;
        }

        /** Writes a value that hangs on no lease. */
        public Builder put(String key, byte[] value) {
            return put(key, value, 0);
        }

        /** Writes a value that hangs on a lease. */
        public Builder put(String key, byte[] value, long lease) {
            writes.add(new Put(key, value, lease));
            return this;
        }

        /** Deletes a key. */
        public Builder delete(String key) {
            writes.add(new Delete(key));
            return this;
        }

        /** Returns the transaction. */
        public Transaction build() {
            return new Transaction(conditions, writes);
        }
    }
}
