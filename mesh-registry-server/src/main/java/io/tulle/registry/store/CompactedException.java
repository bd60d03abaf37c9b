package io.tulle.registry.store;

import io.tulle.api.MeshException;

/** What was asked for is older than what the store still has. */
public final class CompactedException extends MeshException {
    private static final long serialVersionUID = 1L;

    private final long compacted;

    /** Creates the exception. */
    public CompactedException(long asked, long compacted) {
        super("revision " + asked + " is compacted (expected: " + compacted + " or later)");
        this.compacted = compacted;
    }

    /** Returns the oldest revision that the store still knows everything after. */
    public long compacted() {
        return compacted;
    }
}
