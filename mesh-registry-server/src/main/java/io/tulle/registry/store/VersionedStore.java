package io.tulle.registry.store;

import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A store over a table of versions: everything that does not depend on where they are kept. Limits are checked by the caller's thread; {@link Writer} writes;
 * {@link Feed} tells those who watch; {@link Leases} keeps the time.
 */
abstract class VersionedStore implements Store {
    private static final int COMPACTED_AT_ONCE = 256;

    private final Versions versions;
    private final Feed feed;
    private final Writer writer;
    private final Leases leases;

    VersionedStore(Versions versions, Executor writing, Executor delivering, Ticker ticker, Scheduler scheduler) {
        this.versions = versions;
        feed = new Feed(versions, delivering);
        writer = new Writer(versions, feed, writing, ticker, scheduler);
        leases = new Leases(ticker, scheduler, this::expire);
        versions.opened().leases().forEach(leases::add);
    }

    @Override
    public final String epoch() {
        return versions.opened().epoch();
    }

    @Override
    public final long revision() {
        return feed.revision();
    }

    @Override
    public final long compacted() {
        return feed.compacted();
    }

    @Override
    public final boolean readOnly() {
        return writer.readOnly();
    }

    @Override
    public final CompletableFuture<Committed> commit(Transaction transaction) {
        try {
            Limits.check(transaction);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return writer.submit(bytes(transaction), batch -> apply(transaction, batch));
    }

    private static int bytes(Transaction transaction) {
        int bytes = 0;
        for (Transaction.Write write : transaction.writes()) {
            bytes += write instanceof Transaction.Put put ? put.value().length : 0;
        }
        return bytes;
    }

    private static Committed apply(Transaction transaction, Batch batch) {
        return holds(transaction, batch.group())
                ? new Committed(true, batch.write(transaction.writes()))
                : new Committed(false, batch.revision());
    }

    private static boolean holds(Transaction transaction, Group group) {
        return transaction.conditions().stream().allMatch(condition -> holds(condition, group))
                && transaction.writes().stream().allMatch(write -> isLeased(write, group));
    }

    private static boolean holds(Transaction.Condition condition, Group group) {
        if (condition instanceof Transaction.KeyAt at) {
            Entry newest = group.newest(at.key());
            return at.revision() == (newest == null ? 0 : newest.revision());
        }
        Transaction.NoneAfter none = (Transaction.NoneAfter) condition;
        return !group.anyAfter(KeyRange.of(none.prefix(), ""), none.revision());
    }

    private static boolean isLeased(Transaction.Write write, Group group) {
        return !(write instanceof Transaction.Put put) || put.lease() == 0 || group.leased(put.lease());
    }

    @Override
    public final Range range(String prefix, String after, int limit, long revision) {
        Limits.checkText(prefix);
        Limits.checkText(after);
        Limits.checkLimit(limit);
        while (true) {
            long newest = feed.revision();
            Limits.checkNotFuture(revision, newest);
            long at = revision == 0 ? newest : revision;
            feed.checkKept(at);
            List<Entry> found =
                    versions.range(KeyRange.of(prefix, after), limit < Integer.MAX_VALUE ? limit + 1 : limit, at);
            if (at >= feed.compacted()) { // else it may have been compacted while it was read
                boolean more = found.size() > limit;
                return new Range(List.copyOf(more ? found.subList(0, limit) : found), more, at);
            }
        }
    }

    @Override
    public final Subscription watch(String prefix, long since, Consumer<Change> observer) {
        Limits.checkText(prefix);
        return feed.watch(prefix, since, observer);
    }

    @Override
    public final CompletableFuture<Long> grant(Duration time) {
        try {
            Limits.checkLease(time);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return writer.submit(0, batch -> batch.group().grant(time)).thenApply(id -> {
            leases.add(id, time);
            return id;
        });
    }

    @Override
    public final boolean keepAlive(long lease) {
        return leases.keepAlive(lease);
    }

    @Override
    public final CompletableFuture<Long> revoke(long lease) {
        leases.end(lease);
        return end(lease);
    }

    private void expire(long lease) {
        CompletableFuture<Long> unused = end(lease); // when it fails, the lease begins anew
    }

    private CompletableFuture<Long> end(long lease) {
        return writer.submit(0, batch -> {
                    List<Transaction.Delete> deletes = batch.group().hanging(lease).stream()
                            .map(Transaction.Delete::new)
                            .toList();
                    batch.group().forget(lease);
                    return batch.write(deletes);
                })
                .whenComplete((revision, failure) -> {
                    if (failure == null) {
                        leases.remove(lease);
                    } else {
                        leases.revive(lease);
                    }
                });
    }

    @Override
    public final CompletableFuture<Long> compact(long revision) {
        try {
            Limits.checkNotFuture(revision, feed.revision());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return new Sweep(writer, feed, revision, COMPACTED_AT_ONCE).start();
    }

    @Override
    public final void close() {
        leases.close();
        writer.close();
        endWriting();
        writer.failQueued();
        feed.close();
        endDelivering();
        versions.close();
    }

    /** Lets what is queued be written, then ends the thread that does it. */
    abstract void endWriting();

    /** Ends the thread that calls observers. */
    abstract void endDelivering();
}
