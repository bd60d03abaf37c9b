package io.tulle.proofs.planted;

import io.tulle.proofs.check.Guarantee;
import java.util.Locale;

/** What can be made wrong on purpose, and the guarantee that it breaks. */
public enum PlantedBug {
    /** Now and then a watcher is not told of a change. */
    DROP(Place.STREAM, Guarantee.RELIABLE, "a change is left out of a stream"),
    /** Now and then a watcher is told of a change twice. */
    DUPLICATE(Place.STREAM, Guarantee.UNIQUE, "a change is sent twice"),
    /** Now and then two changes swap their places. */
    REORDER(Place.STREAM, Guarantee.ORDERED, "two changes swap places"),
    /** A change of several services comes in two lines. */
    SPLIT_LINE(Place.STREAM, Guarantee.ATOMIC, "a revision is sent in two lines"),
    /** A stream that is opened again skips the first change. */
    SKIP_ON_RESUME(Place.STREAM, Guarantee.RESUMABLE, "a resumed stream skips a change"),
    /** A progress mark comes before the change that it speaks for. */
    EARLY_MARK(Place.STREAM, Guarantee.BOOKMARKABLE, "a progress mark comes before its change"),
    /** A write is acknowledged and not done. */
    LOST_WRITE(Place.STORE, Guarantee.DURABLE, "a write is acknowledged and forgotten"),
    /** A transaction becomes two revisions. */
    SPLIT_TRANSACTION(Place.STORE, Guarantee.ATOMIC, "a transaction becomes two revisions"),
    /** After a restart revisions begin anew, in the same epoch. */
    REVISION_RESET(Place.STORE, Guarantee.MONOTONIC, "revisions begin anew at a restart"),
    /** The database does not sync. For the trace of syncs: no history can show it, because killing a process loses nothing that the kernel has. */
    UNSYNCED(Place.DISK, Guarantee.DURABLE, "nothing is synced (synchronous=OFF)");

    private final Place place;
    private final Guarantee broken;
    private final String description;

    PlantedBug(Place place, Guarantee broken, String description) {
        this.place = place;
        this.broken = broken;
        this.description = description;
    }

    /** Where a bug is. */
    public enum Place {
        /** Between the registry and its watchers. */
        STREAM,
        /** Around the registry's store. */
        STORE,
        /** Between the store and the disk. */
        DISK
    }

    /** Returns where it is. */
    public Place place() {
        return place;
    }

    /** Returns what it breaks. */
    public Guarantee broken() {
        return broken;
    }

    /** Returns what it does, in a few words. */
    public String description() {
        return description;
    }

    /** Returns its name on the command line, such as {@code lost-write}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
