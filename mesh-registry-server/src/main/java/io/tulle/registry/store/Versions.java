package io.tulle.registry.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The table of versions: what differs from store to store. Reading is thread-safe; writing is for one thread at a time. Who reads names a revision that has
 * been committed and is not compacted; later versions are not seen.
 */
interface Versions extends AutoCloseable {
    /** Returns what the table held when it was opened. */
    State opened();

    /** Begins to write. */
    Group begin();

    /** Returns the entries of a range as of {@code revision}, in order, at most {@code limit}. */
    List<Entry> range(KeyRange keys, int limit, long revision);

    /** Returns the next changes in a range, after one revision and up to another: not necessarily all. */
    Page changes(KeyRange keys, long after, long upTo);

    /** Releases files. Nobody reads or writes any more. */
    @Override
    void close();

    /**
     * What a table held when it was opened.
     *
     * @param epoch identity of the data
     * @param revision the newest
     * @param compacted the revision up to which what was replaced is gone
     * @param leases those that were granted and not ended, with their times
     */
    record State(String epoch, long revision, long compacted, Map<Long, Duration> leases) {}

    /**
     * Some changes.
     *
     * @param changes in order, each whole
     * @param upTo up to this revision there are no others
     */
    record Page(List<Change> changes, long upTo) {}
}
