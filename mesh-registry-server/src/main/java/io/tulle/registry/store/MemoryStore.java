package io.tulle.registry.store;

import io.tulle.api.time.Scheduler;
import io.tulle.api.time.Ticker;

/**
 * A store that forgets everything with its process: for tests, demos, and registries whose resources come from elsewhere. It has no threads: writes and
 * observers run on the thread that writes (or on the thread of a write that is under way), leases end on the scheduler's.
 */
public final class MemoryStore extends VersionedStore {
    private MemoryStore(Ticker ticker, Scheduler scheduler) {
        super(new MemoryVersions(), Runnable::run, Runnable::run, ticker, scheduler);
    }

    /** Returns an empty store. */
    public static MemoryStore open(Ticker ticker, Scheduler scheduler) {
        return new MemoryStore(ticker, scheduler);
    }

    @Override
    void endWriting() {
        // writes are done by those who ask for them
    }

    @Override
    void endDelivering() {
        // observers are called by those who write
    }
}
