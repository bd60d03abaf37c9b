package io.tulle.registry.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Ordered keys with versions, in the shape of etcd, so that an installation can outgrow one machine. Every transaction that changes something makes one new
 * revision, and the revision never decreases. Thread-safe.
 *
 * <p>Limits, the same in every implementation: {@link Transaction#MOST_WRITES} writes in a transaction, each key once, {@link Transaction#MOST_CONDITIONS}
 * conditions, {@link #MOST_BYTES} in a value, keys of 1 to 1,024 bytes of UTF-8 without NUL, leases of 1 ms to one day. Keys are ordered as their UTF-8 bytes are.
 *
 * <p>Durability: when the future of a write completes, the write is on the disk, and {@link #revision}, {@link #range} and {@link #watch} know it. A store that
 * cannot write any more (disk full) fails writes with {@link ReadOnlyStoreException}, goes on serving reads, and tries again with every write. Writes take
 * effect in the order in which they were asked for. What hangs on a future with {@code thenApply} and the like runs on the thread that writes: it must be
 * short and must not wait for another write; nor must an observer.
 *
 * <p>Leases: a key may hang on a lease and then goes with it. A lease's time starts anew whenever it is kept alive, and when the store is opened: nobody
 * expires for a whole lease after a start. Keeping alive writes nothing. A lease whose end cannot be written (disk full) gets a whole time again. Neither
 * granting nor ending a lease on which nothing hangs makes a revision.
 */
public interface Store extends AutoCloseable {
    /** How many bytes a value may have: 1 MiB. */
    int MOST_BYTES = 1024 * 1024;

    /** Returns the identity of this data: random, written once when the store is made, another one after a restore. */
    String epoch();

    /** Returns the newest revision; 0 for a store that was never written. */
    long revision();

    /**
     * Applies a transaction, if its conditions hold, under one new revision.
     *
     * @return completed when it is durable; with {@link Committed#succeeded} false and nothing changed when a condition does not hold, or a lease that it
     *     hangs a key on does not exist (any more); failed with {@link ReadOnlyStoreException}, or {@link IllegalArgumentException} when a limit is exceeded
     */
    CompletableFuture<Committed> commit(Transaction transaction);

    /**
     * Returns the entries whose keys start with {@code prefix}, in order of their keys.
     *
     * @param after only keys greater than this; empty for all
     * @param limit at most so many, 1 or more
     * @param revision as of this revision; 0 for the newest
     * @throws CompactedException if that revision is compacted
     * @throws IllegalArgumentException if it is in the future
     */
    Range range(String prefix, String after, int limit, long revision);

    /**
     * Has {@code observer} called with every change of a key that starts with {@code prefix}, in order, each revision once and whole, from one thread at a time,
     * possibly before this method has returned. An observer must not throw: what it throws is logged, and the next change follows.
     *
     * @param since changes after this revision
     * @return stops it; after its close has returned the observer is not called any more. Its close waits for an observer that is running in another thread
     * @throws CompactedException if changes after {@code since} are gone
     * @throws IllegalArgumentException if {@code since} is in the future
     */
    Subscription watch(String prefix, long since, Consumer<Change> observer);

    /** Makes a lease, durably. */
    CompletableFuture<Long> grant(Duration time);

    /** Starts the lease's time anew; false when there is no such lease (any more). */
    boolean keepAlive(long lease);

    /** Ends a lease now; its keys go in one new revision, whatever their number. Completes with that revision, or the newest when it had none or is unknown. */
    CompletableFuture<Long> revoke(long lease);

    /**
     * Forgets versions that were replaced at or before {@code revision}, a few at a time between other writes. A running watch holds it up: what it has yet to
     * see is kept.
     *
     * @return completed with the revision that was reached; failed as writes are, or with {@link IllegalArgumentException} if the revision is in the future
     */
    CompletableFuture<Long> compact(long revision);

    /** Returns the oldest revision that {@link #range} and {@link #watch} still know everything after. */
    long compacted();

    /** Returns whether the last attempt to write failed. The store itself tries every second. */
    boolean readOnly();

    /** Ends watches and releases files; writes in flight complete or fail first. Later writes fail with {@link IllegalStateException}. */
    @Override
    void close();

    /** A running watch. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * What a range held.
     *
     * @param entries in order of keys
     * @param more whether the limit left some out
     * @param revision as of which this is
     */
    record Range(List<Entry> entries, boolean more, long revision) {}
}
