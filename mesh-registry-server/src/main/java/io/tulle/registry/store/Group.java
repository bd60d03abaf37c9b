package io.tulle.registry.store;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes that become durable together: several revisions, one sync. They see each other. Methods throw {@link ReadOnlyStoreException}. */
interface Group {
    /** Returns the newest version of a key, null when it does not exist. */
    @Nullable
    Entry newest(String key);

    /** Returns whether a key of a range exists whose newest version is later than {@code revision}. */
    boolean anyAfter(KeyRange keys, long revision);

    /** Adds a version. */
    void write(Version version);

    /** Makes a lease and returns its number, which is never given twice. */
    long grant(Duration time);

    /** Returns whether there is such a lease. */
    boolean leased(long lease);

    /** Returns the keys whose newest version hangs on a lease. */
    List<String> hanging(long lease);

    /** Removes a lease, if it is there. */
    void forget(long lease);

    /** Removes versions that were replaced at or before {@code revision}. */
    void compact(long revision);

    /** Finds out whether something can be written, and changes nothing. */
    void probe();

    /** Makes everything durable; {@code revision} is the newest from now on. */
    void commit(long revision);

    /** Undoes everything. */
    void rollback();
}
